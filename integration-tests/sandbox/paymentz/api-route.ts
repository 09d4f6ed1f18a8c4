import { z } from "zod"
import { mediaType, parseForm, parseJson } from "../shared/body"
import type { SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import type { PaymentzContext } from "./context"
import { Refusal } from "./refusal"
import { refusalAnswer, replyTo } from "./reply"

export const API = "/transactionServices/REST/v1"

export type RawFields = Readonly<Record<string, string>>

/** One call of Paymentz's API; several may go to one path. */
export interface Call {
  /** @throws {Refusal} */
  run(raw: RawFields, request: SandboxRequest): object
}

export interface CallOptions<Shape extends z.ZodRawShape> {
  readonly fields: z.ZodObject<Shape>
  /** The checksum that must come with the fields; `null` for the calls about the token. */
  readonly checksum:
    ((fields: z.output<z.ZodObject<Shape>>, request: SandboxRequest) => string) | null
  /** What is answered, but for the time. @throws {Refusal} */
  readonly answer: (fields: z.output<z.ZodObject<Shape>>, request: SandboxRequest) => object
}

export function call<Shape extends z.ZodRawShape>(
  { credentials }: Pick<PaymentzContext, "credentials">,
  { fields: schema, checksum, answer }: CallOptions<Shape>
): Call {
  return {
    run: (raw, request) => {
      refuseCardData(raw)
      const fields = readFields(raw, schema)
      if (checksum !== null) {
        requireMember(raw, credentials)
        // In lower case, as it is published.
        if (raw["authentication.checksum"] !== checksum(fields, request)) {
          throw new Refusal("CHECKSUM_WRONG")
        }
      }
      return answer(fields, request)
    },
  }
}

export interface ApiRouteOptions {
  readonly path: string
  /** Calls about the token need none. */
  readonly needsToken: boolean
  /** @throws {Refusal} where there is no such call */
  readonly choose: (raw: RawFields) => Call
  readonly faultPath?: Route["faultPath"]
}

/** A POST of a form or of JSON with the same names, with the token in a header. */
export function apiRoute(context: PaymentzContext, options: ApiRouteOptions): Route {
  const { path, needsToken, choose, faultPath } = options
  return {
    method: "POST",
    path,
    faultPath,
    handle: (request) => {
      try {
        const raw = rawFields(request)
        if (needsToken) context.tokens.check(authTokenOf(request))
        return replyTo(request, 200, choose(raw).run(raw, request))
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return replyTo(request, error.status, refusalAnswer(error, context.now()))
      }
    },
  }
}

/** @throws {Refusal} */
export function rawFields(request: SandboxRequest): RawFields {
  switch (mediaType(request)) {
    case "application/x-www-form-urlencoded": {
      const form = parseForm(request.body)
      if ("repeated" in form) throw new Refusal("FIELD_INVALID", `${form.repeated} was sent twice`)
      return form.fields
    }
    case "application/json": {
      const parsed = z
        .record(z.string(), z.string())
        .safeParse(parseJson(request.body.toString("utf8")))
      if (parsed.success) return parsed.data
      throw new Refusal("FIELD_INVALID", "the JSON must be one object of strings")
    }
    default:
      throw new Refusal("CONTENT_TYPE_NOT_SUPPORTED")
  }
}

/** @throws {Refusal} that names the field */
export function readFields<Shape extends z.ZodRawShape>(
  raw: RawFields,
  schema: z.ZodObject<Shape>
): z.output<z.ZodObject<Shape>> {
  const missing = Object.entries(schema.shape).find(
    ([name, field]) => !z.safeParse(field, undefined).success && !raw[name]?.trim()
  )
  if (missing) throw new Refusal("FIELD_MISSING", missing[0])
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (issue?.code === "unrecognized_keys") throw new Refusal("FIELD_UNKNOWN", issue.keys.join(", "))
  throw new Refusal("FIELD_INVALID", issue && `${issue.path.join(".")} ${issue.message}`)
}

function requireMember(raw: RawFields, { memberId, terminalId }: PaymentzContext["credentials"]) {
  if (raw["authentication.memberId"] !== memberId) throw new Refusal("MEMBER_UNKNOWN")
  const terminal = raw["authentication.terminalId"] ?? terminalId
  if (terminal !== terminalId) throw new Refusal("FIELD_INVALID", "authentication.terminalId")
}

function refuseCardData(raw: RawFields): void {
  const field = Object.keys(raw).find((name) => name.startsWith("card."))
  if (field !== undefined) throw new Refusal("CARD_DATA_REFUSED")
}

/** Node writes all names of headers in lower case. */
function authTokenOf(request: SandboxRequest): string | undefined {
  const value = request.headers["authtoken"]
  return Array.isArray(value) ? undefined : value
}
