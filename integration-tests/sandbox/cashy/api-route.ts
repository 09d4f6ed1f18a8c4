import { z } from "zod"
import { mediaType, parseJson } from "../shared/body"
import type { Reply, SandboxRequest } from "../shared/http-message"
import { parseHttpUrl } from "../shared/http-url"
import type { Route } from "../shared/router"
import { parseAmount } from "./amount"
import type { CashyCredentials } from "./context"
import { refusalReply, successReply } from "./envelope"
import type { JsonField } from "./json-text"
import { Refusal } from "./refusal"
import { isSignOf } from "./signature"

/** Assumption: counted as Java counts, in UTF-16 units, as the vendor's `string(32)` most likely is. */
export const text = (maxLength: number) => z.string().regex(/\S/).max(maxLength)
export const currencyCode = z.string().regex(/^[A-Z]{3}$/)
export const httpUrl = text(250).refine((value) => parseHttpUrl(value) !== undefined)

/** A string, as in the vendor's example; out comes the amount with two decimals. */
export const amountText = z.string().transform((value, context) => {
  const amount = parseAmount(value)
  if (amount !== undefined) return amount
  context.addIssue("not a positive decimal(20,2)")
  return z.NEVER
})

export interface ApiCall<Shape extends z.ZodRawShape> {
  readonly path: string
  readonly credentials: CashyCredentials
  readonly body: z.ZodObject<Shape>
  /** What stands in `data`. @throws {Refusal} */
  readonly answer: (fields: z.output<z.ZodObject<Shape>>) => Readonly<Record<string, JsonField>>
}

/** One call of Cashy's API: a POST of JSON, its very bytes signed, answered in the envelope. */
export function apiRoute<Shape extends z.ZodRawShape>(call: ApiCall<Shape>): Route {
  return {
    method: "POST",
    path: call.path,
    handle: (request): Reply => {
      try {
        requireJson(request)
        requireMerchant(request, call.credentials)
        requireSign(request, call.credentials)
        return successReply(call.answer(readFields(request, call.body)))
      } catch (error) {
        if (error instanceof Refusal) return refusalReply(error)
        throw error
      }
    },
  }
}

function requireJson(request: SandboxRequest): void {
  if (mediaType(request) !== "application/json") throw new Refusal("RequestContentType_not_json")
  if (request.body.length === 0) throw new Refusal("RequestBody_is_null")
}

function requireMerchant(request: SandboxRequest, { merchantId }: CashyCredentials): void {
  const given = headerOf(request, "merchantid")
  if (given === "") throw new Refusal("MerchantId_is_null")
  if (!/^\d+$/.test(given)) throw new Refusal("MerchantId_not_Number")
  if (given !== merchantId) throw new Refusal("MerchantId_is_error")
}

function requireSign(request: SandboxRequest, { apiKey }: CashyCredentials): void {
  if (!isSignOf(headerOf(request, "sign"), request.body, apiKey)) {
    throw new Refusal("Sign_verify_error")
  }
}

/** Node writes all names of headers in lower case. */
function headerOf(request: SandboxRequest, name: string): string {
  const value = request.headers[name]
  return typeof value === "string" ? value : ""
}

function readFields<Shape extends z.ZodRawShape>(
  request: SandboxRequest,
  schema: z.ZodObject<Shape>
): z.output<z.ZodObject<Shape>> {
  const fields = z
    .record(z.string(), z.unknown())
    .safeParse(parseJson(request.body.toString("utf8")))
  if (!fields.success) throw new Refusal("Params_jsonFormat_error")
  // A field that is null or empty is none.
  const given = Object.fromEntries(
    Object.entries(fields.data).filter(([, value]) => value !== null && value !== "")
  )
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  // Assumption: a field that Cashy does not have is refused as a wrong one is.
  const [name] = issue?.code === "unrecognized_keys" ? issue.keys : (issue?.path ?? [])
  const field = String(name)
  throw new Refusal(
    Object.hasOwn(given, field) ? `Params_${field}_error` : `Params_${field}_Required`
  )
}
