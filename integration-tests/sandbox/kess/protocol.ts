import { z } from "zod"
import { readFields as readFieldsOf } from "../shared/fields"
import {
  jsonReply,
  mediaType,
  parseJson,
  type Reply,
  type Route,
  type SandboxRequest,
} from "../shared/server"
import type { KessContext, KessSettings } from "./sandbox"

interface ApiCall<Shape extends z.ZodRawShape> {
  readonly path: string
  /** Of the one call that is made to get a token. */
  readonly withoutToken?: true
  readonly body: z.ZodObject<Shape>
  /** What stands in `data`. @throws {Refusal} */
  readonly answer: (fields: z.output<z.ZodObject<Shape>>) => object | Promise<object>
}

/** One call of KESS's API: JSON by POST (assumption: the vendor names no method), with a token, answered in JSON. */
export function apiRoute<Shape extends z.ZodRawShape>(
  { settings, tokens }: KessContext,
  call: ApiCall<Shape>
): Route {
  return {
    method: "POST",
    path: call.path,
    handle: async (request): Promise<Reply> => {
      try {
        if (mediaType(request) !== "application/json") {
          throw new Refusal("CONTENT_TYPE_NOT_SUPPORTED")
        }
        if (!call.withoutToken) tokens.check(bearerToken(request.headers.authorization))
        return successReply(await call.answer(readFields(request, call.body)))
      } catch (error) {
        if (error instanceof Refusal) return refusalReply(error, settings())
        throw error
      }
    },
  }
}

function readFields<Shape extends z.ZodRawShape>(
  request: SandboxRequest,
  schema: z.ZodObject<Shape>
): z.output<z.ZodObject<Shape>> {
  const json = parseJsonFields(request.body)
  if ("problem" in json) throw new Refusal("BODY_INVALID", json.problem)
  if ("repeated" in json) throw new Refusal("FIELD_INVALID", `${json.repeated} was sent twice`)
  return readFieldsOf(
    json.fields,
    schema,
    (problem, detail) => new Refusal(`FIELD_${problem}`, detail)
  )
}

const BEARER = /^Bearer (\S+)$/

function bearerToken(authorization = ""): string | undefined {
  return BEARER.exec(authorization)?.[1]
}

/** KESS, the response of every call: `{success, data}`. */
function successReply(data: object): Reply {
  return jsonReply(200, { success: true, data })
}

/** Assumption: the reason stands in `message`, as it does in the replies about a payment and a refund. */
export function refusalReply(
  { status, message }: Refusal,
  { refusalStatus }: Pick<KessSettings, "refusalStatus">
): Reply {
  return jsonReply(status ?? refusalStatus, { success: false, message })
}

interface RefusalRow {
  /** HTTP status of the answer; `null` for a refusal by the business, which has the one of the settings. */
  readonly status: number | null
  readonly message: string
}

/**
 * Assumption: KESS publishes no failures, so all of these are invented. What never reached the business (transport,
 * token) has an HTTP status of its own; a refusal by the business is HTTP 200 unless the settings say otherwise: that is
 * what a reply with a `success` in it is for. There are no codes on the wire: the names here are for reading only.
 */
const refusals = {
  PATH_NOT_FOUND: { status: 404, message: "No such path" },
  METHOD_NOT_ALLOWED: { status: 405, message: "Only POST is allowed" },
  BODY_TOO_LARGE: { status: 413, message: "The request body is too large" },
  CONTENT_TYPE_NOT_SUPPORTED: { status: 415, message: "Content-Type must be application/json" },
  USER_INVALID: { status: 401, message: "user or password is wrong" },
  TOKEN_MISSING: { status: 401, message: "The header Authorization: Bearer <token> is missing" },
  TOKEN_INVALID: { status: 401, message: "The token is not valid" },
  TOKEN_EXPIRED: { status: 401, message: "The token has expired" },
  BODY_INVALID: { status: null, message: "The request can't be read" },
  FIELD_MISSING: { status: null, message: "A required field is missing or empty" },
  FIELD_INVALID: { status: null, message: "A field is not valid" },
  FIELD_UNKNOWN: { status: null, message: "A field is not known" },
  STORE_UNKNOWN: { status: null, message: "There is no store with this store_id" },
  SERVICE_UNKNOWN: { status: null, message: "The store has no service with this service_id" },
  ORDER_EXISTS: { status: null, message: "The out_trade_no is already in use" },
  ORDER_NOT_FOUND: { status: null, message: "There is no order with this out_trade_no" },
  ORDER_NOT_PAID: { status: null, message: "The order has not been paid" },
  CODE_USED: { status: null, message: "The auth_code was used before" },
  PAYMENT_DECLINED: { status: null, message: "The buyer declined the payment" },
  REFUND_TOO_MUCH: { status: null, message: "The refund is more than what is left of the payment" },
  REFUND_EXISTS: { status: null, message: "The out_refund_no is already in use" },
} as const satisfies Record<string, RefusalRow>

export type RefusalName = keyof typeof refusals

/** KESS's "no": carries what goes into the reply. */
export class Refusal extends Error {
  readonly status: number | null

  constructor(
    readonly reason: RefusalName,
    detail?: string
  ) {
    const { message, status } = refusals[reason]
    super(detail === undefined ? message : `${message}: ${detail}`)
    this.status = status
  }
}

/** A number as it stood in the text: `JSON.parse` would round `0.300000000000000004` to what it should have been. */
export class NumberLiteral {
  constructor(readonly text: string) {}
}

type JsonFields =
  | { readonly fields: Readonly<Record<string, unknown>> }
  /** A field that came twice has no one meaning: a strict gateway must refuse it. */
  | { readonly repeated: string }
  | { readonly problem: string }

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\]:,]/g

/** Reads a body that is one JSON object without any in it, its numbers as they are written. */
export function parseJsonFields(body: Buffer): JsonFields {
  const text = body.toString("utf8")
  const whole = parseJson(text)
  if (whole === undefined) return { problem: "the body is not JSON" }
  if (typeof whole !== "object" || whole === null || Array.isArray(whole)) {
    return { problem: "the body is not a JSON object" }
  }
  if (Object.values(whole).some((value) => typeof value === "object" && value !== null)) {
    return { problem: "an object or a list stands where a plain value was due" }
  }
  return fieldsOf(text.match(TOKEN) ?? [])
}

/** Of valid JSON without nesting the tokens are always: `{`, then name, `:`, value and `,` or `}` over and over. */
function fieldsOf(tokens: readonly string[]): JsonFields {
  const fields = new Map<string, unknown>()
  for (let index = 1; index + 2 < tokens.length; index += 4) {
    const name = String(parseJson(tokens[index] ?? ""))
    if (fields.has(name)) return { repeated: name }
    fields.set(name, valueOf(tokens[index + 2] ?? ""))
  }
  return { fields: Object.fromEntries(fields) }
}

function valueOf(token: string): unknown {
  return /^[-\d]/.test(token) ? new NumberLiteral(token) : parseJson(token)
}

const numberLiteral = z.instanceof(NumberLiteral, { error: "must be a JSON number" })
const string = z.string({ error: "must be a JSON string" })

export const text = string.regex(/\S/, "must not be empty")

/** Out comes the amount with two decimals. */
export const amount = numberLiteral.transform((literal, context) => {
  const cents = parseAmount(literal.text)
  if (cents !== undefined) return formatAmount(cents)
  context.addIssue(
    `must be a positive decimal with at most two places, such as 0.01, not ${literal.text}`
  )
  return z.NEVER
})

/** Native Pay: "2 is Over charge buyer 2% of include total amount". */
export const feeRate = numberLiteral.transform((literal, context) => {
  if (parseFeeRate(literal.text) !== undefined) return literal.text
  context.addIssue("must be a percentage below 100 with at most two places")
  return z.NEVER
})

export const serviceId = numberLiteral.transform(({ text }) => text)

/** The samples show the ids of stores and of sub stores as a string here and as a number there. */
export const storeId = z.union([text, numberLiteral.transform(({ text }) => text)], {
  error: "must be a string or a number",
})

/**
 * Assumption: as long as WeChat Pay's payment codes, of 18 digits, and Alipay's, of 16 to 24. As a number it would lose
 * its last digits in any reader that holds numbers as doubles, so only the string is taken.
 */
export const authCode = string.regex(/^\d{16,24}$/, "must be a string of 16 to 24 digits")

/** Assumption: the limits of WeChat Pay, which KESS passes these on to, where KESS's text names none. */
export const outTradeNo = number(32)
export const outRefundNo = number(64)
export const subStoreName = text.max(128, "must not be longer than 128 characters")
export const reason = text.max(80, "must not be longer than 80 characters")

function number(maxLength: number) {
  return string.regex(
    new RegExp(`^[\\w|*@-]{1,${maxLength}}$`),
    `must be 1 to ${maxLength} letters, digits or _-|*@`
  )
}

// Twelve digits before the point: with two decimals behind it a JSON number still holds each of them exactly.
const AMOUNT = /^(0|[1-9]\d{0,11})(?:\.(\d{1,2}))?$/
const RATE = /^(0|[1-9]\d?)(?:\.(\d{1,2}))?$/

/**
 * Money in hundredths of the currency: whole numbers, because sums of binary fractions drift. Assumption: two decimals in
 * riel too, as ISO 4217 has it; the vendor's samples are all in dollars.
 */
export type Cents = bigint

/** `undefined` where the text is not a positive decimal of at most two decimals: `0.1`, `100.00`, never `1e2`. */
export function parseAmount(text: string): Cents | undefined {
  const cents = hundredths(AMOUNT.exec(text))
  return cents === 0n ? undefined : cents
}

/** A percentage as hundredths of a percent: `2.5` is 250. `undefined` for 100 or more, or more than two decimals. */
export function parseFeeRate(text: string): bigint | undefined {
  return hundredths(RATE.exec(text))
}

function hundredths(match: RegExpExecArray | null): bigint | undefined {
  const [, whole, decimals = ""] = match ?? []
  return whole === undefined ? undefined : BigInt(whole + decimals.padEnd(2, "0"))
}

/** With two decimals, such as `"100.00"`. */
export function formatAmount(cents: Cents): string {
  const digits = cents.toString().padStart(3, "0")
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Reads again what `formatAmount` wrote. */
export function centsOf(formatted: string): Cents {
  return BigInt(formatted.replace(".", ""))
}

/** What the buyer pays on top. Assumption: rounded half up to two decimals; the vendor does not say. */
export function feeOn(amount: Cents, feeRate: string): Cents {
  const rate = parseFeeRate(feeRate) ?? 0n
  return (amount * rate + 5_000n) / 10_000n
}

interface Service {
  readonly title: string
  /** The text of the QR that the buyer scans. */
  readonly qrText: (id: string) => string
}

/**
 * The wallets behind each `service_id`. Assumption: read off the samples of Native Pay (30, `weixin://...`) and Quick
 * Pay (2, with a code of the digits Alipay's begin with); the vendor lists none.
 */
const services: ReadonlyMap<string, Service> = new Map([
  ["2", { title: "Alipay", qrText: (id) => `https://qr.alipay.com/${id}` }],
  ["30", { title: "WeChat Pay", qrText: (id) => `weixin://wxpay/bizpayurl?pr=${id}` }],
])

export function findService(serviceId: string): Service | undefined {
  return services.get(serviceId)
}

/** @throws {Refusal} for a store that is not the merchant's. */
export function requireStore({ credentials }: KessContext, storeId: string): void {
  if (storeId !== credentials.storeId) throw new Refusal("STORE_UNKNOWN")
}

/** @throws {Refusal} */
export function requireService(serviceId: string): void {
  if (findService(serviceId) === undefined) throw new Refusal("SERVICE_UNKNOWN")
}
