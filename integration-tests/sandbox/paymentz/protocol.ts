import { createHash, createHmac } from "node:crypto"
import { z } from "zod"
import { AccessTokens } from "../shared/access-tokens"
import { readFields as readFieldsOf } from "../shared/fields"
import {
  jsonReply,
  mediaType,
  parseForm,
  parseJson,
  type Reply,
  type Route,
  type SandboxRequest,
} from "../shared/server"
import type { PaymentzContext } from "./sandbox"

export const API = "/transactionServices/REST/v1"

export type RawFields = Readonly<Record<string, string>>

/** One call of Paymentz's API; several may go to one path. */
export interface Call {
  /** @throws {Refusal} */
  run(raw: RawFields, request: SandboxRequest): object
}

interface CallOptions<Shape extends z.ZodRawShape> {
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

interface ApiRouteOptions {
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
  return readFieldsOf(raw, schema, (problem, detail) => new Refusal(`FIELD_${problem}`, detail))
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

export interface Result {
  readonly code: string
  readonly description: string
}

/** "JSON or XML string (depending on Accept passed in request header)". */
function replyTo(request: SandboxRequest, status: number, answer: object): Reply {
  // Assumption: whoever names neither gets XML, so that a client must ask for the form that it reads.
  if (/\bapplication\/json\b/i.test(request.headers.accept ?? "")) return jsonReply(status, answer)
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>${element("response", answer)}`,
  }
}

export function refusalAnswer({ code, message }: Refusal, now: number): object {
  return {
    result: { code, description: message } satisfies Result,
    timestamp: timestamp(now),
  }
}

function element(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join("")
  const content =
    typeof value === "object" && value !== null
      ? Object.entries(value)
          .map(([key, item]) => element(key, item))
          .join("")
      : escapeXml(String(value))
  return `<${name}>${content}</${name}>`
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}

interface RefusalRow {
  /** HTTP status of the answer. */
  readonly status: number
  /** `result.code` of the answer. */
  readonly code: string
  readonly description: string
}

/**
 * Assumption: what is refused before the business is asked (path, method, token) has an HTTP status of its own and
 * that number as its code, because the published codes have none for it. A refusal by the business is HTTP 200 with
 * one of the published codes; for fields and checksums that is 10002, "not permitted".
 */
const refusals = {
  PATH_NOT_FOUND: { status: 404, code: "404", description: "No such path" },
  METHOD_NOT_ALLOWED: { status: 405, code: "405", description: "Only POST is allowed" },
  BODY_TOO_LARGE: { status: 413, code: "413", description: "The request body is too large" },
  CONTENT_TYPE_NOT_SUPPORTED: {
    status: 415,
    code: "415",
    description: "Content-Type must be application/x-www-form-urlencoded or application/json",
  },
  CREDENTIALS_INVALID: { status: 401, code: "401", description: "The credentials are not valid" },
  TOKEN_MISSING: { status: 401, code: "401", description: "The header AuthToken is missing" },
  TOKEN_INVALID: { status: 401, code: "401", description: "The AuthToken is not valid" },
  TOKEN_EXPIRED: { status: 401, code: "401", description: "The AuthToken has expired" },
  FIELD_MISSING: {
    status: 200,
    code: "10002",
    description: "A required field is missing or empty",
  },
  FIELD_INVALID: { status: 200, code: "10002", description: "A field is not valid" },
  FIELD_UNKNOWN: { status: 200, code: "10002", description: "A field is not known" },
  MEMBER_UNKNOWN: { status: 200, code: "10002", description: "The memberId is not known" },
  CHECKSUM_WRONG: { status: 200, code: "10002", description: "The checksum is wrong" },
  CURRENCY_NOT_TAKEN: {
    status: 200,
    code: "10002",
    description: "The terminal does not take this currency",
  },
  CARD_DATA_REFUSED: {
    status: 200,
    code: "10002",
    description: "This stand-in never takes card data over REST",
  },
  TRANSACTION_EXISTS: {
    status: 200,
    code: "10002",
    description: "The merchantTransactionId is already in use",
  },
  RECURRING_NOT_SUPPORTED: {
    status: 200,
    code: "10002",
    description: "The connecting bank does not support recurring payments",
  },
  RECORD_NOT_FOUND: { status: 200, code: "10026", description: "Record not found" },
  CAPTURE_FAILED: { status: 200, code: "10005", description: "Capture failed" },
  REFUND_FAILED: { status: 200, code: "10006", description: "Refund failed" },
  REVERSE_FAILED: { status: 200, code: "10007", description: "Cancel failed" },
} as const satisfies Record<string, RefusalRow>

export type RefusalName = keyof typeof refusals

/** Paymentz's "no": carries what goes into the answer's `result`. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string

  constructor(
    readonly reason: RefusalName,
    detail?: string
  ) {
    const { status, code, description } = refusals[reason]
    super(detail === undefined ? description : `${description}: ${detail}`)
    this.status = status
    this.code = code
  }
}

/** Tokens that look like JSON Web Tokens and, as those, say themselves when they end. */
export function accessTokensOf(
  username: string,
  { now, randomId }: { readonly now: () => number; readonly randomId: () => string }
): AccessTokens {
  return new AccessTokens({
    now,
    newToken: (expiresAt) =>
      jsonWebToken(
        { sub: username, role: "merchant", exp: Math.floor(expiresAt / 1000), jti: randomId() },
        randomId()
      ),
    refuse: (problem) => new Refusal(problem),
  })
}

function jsonWebToken(payload: object, key: string): string {
  const encoded = [{ typ: "JWT", alg: "HS256" }, payload].map((part) =>
    Buffer.from(JSON.stringify(part), "utf8").toString("base64url")
  )
  const signature = createHmac("sha256", key).update(encoded.join(".")).digest("base64url")
  return [...encoded, signature].join(".")
}

/**
 * What each checksum is made of, in this order. The secure key stands at another place from one operation to the
 * next. The rows that end with "Assumption" are not published; they follow the rule of the others.
 */
const checksumParts = {
  payment: ["memberId", "secureKey", "merchantTransactionId", "amount"],
  /** Capture and refund. */
  moveOfAmount: ["memberId", "secureKey", "paymentId", "amount"],
  /** Reversal, and an inquiry by paymentId. */
  paymentOnly: ["memberId", "secureKey", "paymentId"],
  /** Assumption. */
  inquiryByTransaction: ["memberId", "secureKey", "merchantTransactionId"],
  /** Assumption. */
  savedCardPayment: ["memberId", "secureKey", "registrationId", "amount"],
  /** Assumption. */
  savedCard: ["memberId", "secureKey", "registrationId"],
  /** The list of transactions; Assumption for that of saved cards. */
  memberOnly: ["memberId", "secureKey"],
  payout: ["memberId", "merchantTransactionId", "amount", "secureKey"],
  checkout: [
    "memberId",
    "totype",
    "amount",
    "merchantTransactionId",
    "merchantRedirectUrl",
    "secureKey",
  ],
  invoice: ["memberId", "secureKey", "merchantInvoiceId", "amount", "merchantRedirectUrl"],
  /** Of answers, callbacks and the shopper's return; the status is the short one. */
  callback: ["paymentId", "merchantTransactionId", "amount", "transactionStatus", "secureKey"],
} as const

type ChecksumName = keyof typeof checksumParts
type ChecksumValues<Name extends ChecksumName> = Readonly<
  Record<(typeof checksumParts)[Name][number], string>
>

/** MD5 over the values as they stand in the message, joined by `|`; lower-case hexadecimal. */
export function checksum<Name extends ChecksumName>(
  name: Name,
  values: ChecksumValues<Name>
): string {
  const known = new Map<string, string>(Object.entries(values))
  const parts = checksumParts[name].map((part) => known.get(part) ?? "")
  return createHash("md5").update(parts.join("|"), "utf8").digest("hex")
}

/** "yyyy-MM-dd HH:mm:ss". Assumption: in UTC, because the vendor names no zone. */
export function timestamp(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace("T", " ")
}

const DAY = /^(\d{2})\/(\d{2})\/(\d{4})$/

/** Midnight of a day written dd/mm/yyyy, as epoch milliseconds; `undefined` where there is no such day. */
export function parseDay(text: string): number | undefined {
  const [, day = "", month = "", year = ""] = DAY.exec(text) ?? []
  const iso = `${year}-${month}-${day}`
  const epochMs = Date.parse(`${iso}T00:00:00Z`)
  // Date.parse takes the 31st of a shorter month for the 1st of the next.
  return timestampDay(epochMs) === iso ? epochMs : undefined
}

function timestampDay(epochMs: number): string | undefined {
  return Number.isNaN(epochMs) ? undefined : timestamp(epochMs).slice(0, 10)
}
