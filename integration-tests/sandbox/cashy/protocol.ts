import { createHash } from "node:crypto"
import { z } from "zod"
import {
  jsonReply,
  mediaType,
  parseHttpUrl,
  parseJson,
  type Reply,
  type Route,
  type SandboxRequest,
} from "../shared/server"
import type { CashyCredentials, CashySettings } from "./sandbox"

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

interface ApiCall<Shape extends z.ZodRawShape> {
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

/** Cashy, "Response Example" of every call: `{msg: "SUCCESS", code: 200, data}`. */
function successReply(data: Readonly<Record<string, JsonField>>): Reply {
  return {
    status: 200,
    headers: { "content-type": "application/json" },
    body: `{"msg":"SUCCESS","code":200,"data":${jsonText(data)}}`,
  }
}

/**
 * Cashy, "Response Example": `{msg: "Payin_Order_Error", code: 500}`, without `data`.
 * Assumption: every refusal has this code, and HTTP status 200: the vendor names no others.
 */
export function refusalReply({ token }: Refusal, status = 200): Reply {
  return jsonReply(status, { msg: token, code: 500 })
}

/** A number that is written digit by digit: `JSON.stringify` would drop zeros and, beyond 15 digits, the value. */
export class Digits {
  constructor(readonly text: string) {}
}

export type JsonField = string | boolean | null | Digits

/** The text of a flat JSON object, its fields in the order given. */
export function jsonText(fields: Readonly<Record<string, JsonField>>): string {
  const members = Object.entries(fields).map(
    ([name, value]) =>
      `${JSON.stringify(name)}:${value instanceof Digits ? value.text : JSON.stringify(value)}`
  )
  return `{${members.join(",")}}`
}

/** Cashy's Sign: MD5, in upper-case hexadecimal, of the very bytes of the body and the apiKey behind them. */
export function sign(body: string | Buffer, apiKey: string): string {
  return createHash("md5").update(body).update(apiKey, "utf8").digest("hex").toUpperCase()
}

/** Assumption: the vendor's samples are in upper case, clients that work send lower case, so both are right. */
export function isSignOf(given: string, body: Buffer, apiKey: string): boolean {
  return given.toUpperCase() === sign(body, apiKey)
}

/**
 * What Cashy answers in `msg`. Documented tokens; `xxx` stands for a field's name.
 * Assumption: also what has no documented token of its own (`RequestPath_not_found`, `RequestBody_too_large`,
 * `Payin_Order_not_exist`, `Payout_Order_Error`, `Payout_Order_not_exist`) is told by one.
 */
export type RefusalToken =
  | "RequestPath_not_found"
  | "RequestMethod_not_post"
  | "RequestContentType_not_json"
  | "RequestBody_is_null"
  | "RequestBody_too_large"
  | "MerchantId_is_null"
  | "MerchantId_not_Number"
  | "MerchantId_is_error"
  | "Sign_verify_error"
  | "Params_jsonFormat_error"
  | `Params_${string}_Required`
  | `Params_${string}_error`
  | "Payin_Order_Error"
  | "Payin_Order_not_exist"
  | "Payout_Order_Error"
  | "Payout_Order_not_exist"

/** Cashy's "no": carries what goes into the envelope. */
export class Refusal extends Error {
  constructor(readonly token: RefusalToken) {
    super(token)
  }
}

/** @throws {Refusal} for an amount that the merchant's contract does not allow. */
export function requirePayable(
  amount: string,
  { minAmount, maxAmount, wholeAmounts }: CashySettings
): void {
  const isPayable =
    (!wholeAmounts || isWhole(amount)) &&
    (minAmount === null || !isLess(amount, minAmount)) &&
    (maxAmount === null || !isLess(maxAmount, amount))
  if (!isPayable) throw new Refusal("Params_amount_error")
}

/** Cashy, payIn: `decimal(20,2)`, so eighteen digits before the point. */
const AMOUNT = /^(0|[1-9]\d{0,17})(?:\.(\d{1,2}))?$/

/** The amount with two decimals, such as `"100.00"`; `undefined` where it is not a positive decimal of at most two. */
export function parseAmount(text: string): string | undefined {
  const [, whole, decimals = ""] = AMOUNT.exec(text) ?? []
  if (whole === undefined) return undefined
  const amount = `${whole}.${decimals.padEnd(2, "0")}`
  return amount === "0.00" ? undefined : amount
}

export function isWhole(amount: string): boolean {
  return amount.endsWith(".00")
}

/** `"100.00"` is `"100"`, `"100.50"` is `"100.5"`. */
export function withoutZeros(amount: string): string {
  return amount.includes(".") ? amount.replace(/\.?0+$/, "") : amount
}

/** Of amounts with two decimals each. */
export function isLess(amount: string, other: string): boolean {
  return inCents(amount) < inCents(other)
}

/** Of amounts with two decimals each; below zero it begins with a minus. */
export function sumOf(
  terms: readonly { readonly amount: string; readonly sign: number }[]
): string {
  const cents = terms.reduce((sum, { amount, sign }) => sum + BigInt(sign) * inCents(amount), 0n)
  const digits = String(cents < 0n ? -cents : cents).padStart(3, "0")
  return `${cents < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function inCents(amount: string): bigint {
  return BigInt(amount.replace(".", ""))
}

/**
 * Assumption: an order ends with one of these two and with no other word; the vendor links an "Order Status Enum"
 * and shows PAYING beside them.
 */
type OrderEnd = "SUCCESS" | "FAIL"

export function isOrderEnd(word: string): word is OrderEnd {
  return word === "SUCCESS" || word === "FAIL"
}

/** PROCESSING, WAITING and PAYING come before these. */
export type PayoutEnd = OrderEnd | "CANCEL"

export function isPayoutEnd(word: string): word is PayoutEnd {
  return isOrderEnd(word) || word === "CANCEL"
}

/**
 * Cashy, Webhook, `orderType`: API is an order of the merchant's call, MCH one made in the merchant's dashboard, DESK
 * one of the pay desk, PATCH what came beside the amount of another order.
 */
export type OrderType = "API" | "MCH" | "DESK" | "PATCH"

/** How the shopper is told to pay; an order may have any of them. */
export type Way = "payDeskUrl" | "payUrl" | "payCode"

/** Cashy's "yyyy-MM-dd HH:mm:ss". Assumption: in UTC; the vendor names no time zone. */
export function timeText(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace("T", " ")
}
