import { z } from "zod"
import { mediaType, parseForm } from "../shared/body"
import type { Reply, SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import type { AccessTokens } from "./access-tokens"
import { parseAmount } from "./amount"
import { refusalReply, successReply } from "./envelope"
import { Refusal } from "./refusal"

export const text = z.string().regex(/\S/, "must not be empty")

/** Out comes the amount with two decimals. */
export const amountText = text.transform((value, context) => {
  const amount = parseAmount(value)
  if (amount !== undefined) return amount
  context.addIssue("must be a positive decimal with at most two places, such as 100.00")
  return z.NEVER
})

export interface ApiCall<Shape extends z.ZodRawShape> {
  readonly path: string
  /** `null` for the one call that is made without a token. */
  readonly tokens: AccessTokens | null
  readonly form: z.ZodObject<Shape>
  /** What stands in `data`. @throws {Refusal} */
  readonly answer: (fields: z.output<z.ZodObject<Shape>>) => object
}

/** One call of Mocasa's API: a POST of a form, with a token, answered in the envelope. */
export function apiRoute<Shape extends z.ZodRawShape>(call: ApiCall<Shape>): Route {
  return {
    method: "POST",
    path: call.path,
    handle: (request): Reply => {
      try {
        requireForm(request)
        call.tokens?.check(accessTokenOf(request))
        return successReply(call.answer(readFields(request, call.form)))
      } catch (error) {
        if (error instanceof Refusal) return refusalReply(error)
        throw error
      }
    },
  }
}

function requireForm(request: SandboxRequest): void {
  if (mediaType(request) !== "application/x-www-form-urlencoded") {
    throw new Refusal("CONTENT_TYPE_NOT_SUPPORTED")
  }
}

/** Node writes all names of headers in lower case. */
function accessTokenOf(request: SandboxRequest): string | undefined {
  const value = request.headers["accesstoken"]
  return Array.isArray(value) ? undefined : value
}

function readFields<Shape extends z.ZodRawShape>(
  request: SandboxRequest,
  schema: z.ZodObject<Shape>
): z.output<z.ZodObject<Shape>> {
  const form = parseForm(request.body)
  if ("repeated" in form) throw new Refusal("PARAM_INVALID", `${form.repeated} was sent twice`)
  const missing = Object.entries(schema.shape).find(
    ([name, field]) => !z.safeParse(field, undefined).success && !form.fields[name]?.trim()
  )
  if (missing) throw new Refusal("PARAM_MISSING", missing[0])
  const parsed = schema.safeParse(form.fields)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (issue?.code === "unrecognized_keys") throw new Refusal("PARAM_UNKNOWN", issue.keys.join(", "))
  throw new Refusal("PARAM_INVALID", issue && `${issue.path.join(".")} ${issue.message}`)
}
