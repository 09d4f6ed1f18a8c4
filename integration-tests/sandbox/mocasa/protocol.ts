import { createHash } from "node:crypto"
import { z } from "zod"
import type { AccessTokens } from "../shared/access-tokens"
import { readFields as readFieldsOf } from "../shared/fields"
import {
  jsonReply,
  mediaType,
  parseForm,
  type Reply,
  type Route,
  type SandboxRequest,
} from "../shared/server"

export const text = z.string().regex(/\S/, "must not be empty")

/** Out comes the amount with two decimals. */
export const amountText = text.transform((value, context) => {
  const amount = parseAmount(value)
  if (amount !== undefined) return amount
  context.addIssue("must be a positive decimal with at most two places, such as 100.00")
  return z.NEVER
})

interface ApiCall<Shape extends z.ZodRawShape> {
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
  return readFieldsOf(
    form.fields,
    schema,
    (problem, detail) => new Refusal(`PARAM_${problem}`, detail)
  )
}

/**
 * What is base64 encoded: the 32 bytes of the digest, or its 64 hexadecimal letters. Mocasa's page ("Signature
 * Verification") says "SHA-256, and then base64 encoded", which leaves both readings open.
 * Assumption: the bytes.
 */
export type SignatureEncoding = "base64" | "base64-of-hex"

interface Signed {
  /** The order's number, or the transfer's. */
  readonly reference: string
  readonly txStatus: string
}

/** Mocasa, Webhook: `sha256(orderNo|txStatus|secret)`. The amount is not part of it. */
export function signWebhook(
  { reference, txStatus }: Signed,
  secret: string,
  encoding: SignatureEncoding
): string {
  const hash = createHash("sha256").update(`${reference}|${txStatus}|${secret}`, "utf8")
  switch (encoding) {
    case "base64":
      return hash.digest("base64")
    case "base64-of-hex":
      return Buffer.from(hash.digest("hex"), "ascii").toString("base64")
  }
}

/** Assumption: Mocasa publishes no code for a success either. */
const SUCCESS_CODE = "SUCCESS"

/** Mocasa, "Return Data" of every call: `{success, code, message, data}`. */
function successReply(data: object): Reply {
  return jsonReply(200, { success: true, code: SUCCESS_CODE, message: "success", data })
}

export function refusalReply({ status, code, message }: Refusal): Reply {
  return jsonReply(status, { success: false, code, message, data: null })
}

interface RefusalCodeRow {
  /** HTTP status of the answer. */
  readonly status: number
  readonly message: string
}

/**
 * Assumption: Mocasa publishes no codes and no HTTP statuses, so all of these are invented. What never reached the
 * business (transport, token) has an HTTP status of its own; a refusal by the business is HTTP 200 with
 * `success: false`, which is what an envelope with a `success` in it is for.
 */
const refusalCodes = {
  PATH_NOT_FOUND: { status: 404, message: "No such path" },
  METHOD_NOT_ALLOWED: { status: 405, message: "Only POST is allowed" },
  BODY_TOO_LARGE: { status: 413, message: "The request body is too large" },
  CONTENT_TYPE_NOT_SUPPORTED: {
    status: 415,
    message: "Content-Type must be application/x-www-form-urlencoded",
  },
  CLIENT_INVALID: { status: 401, message: "clientKey or clientSecret is wrong" },
  TOKEN_MISSING: { status: 401, message: "The header accessToken is missing" },
  TOKEN_INVALID: { status: 401, message: "The accessToken is not valid" },
  TOKEN_EXPIRED: { status: 401, message: "The accessToken has expired" },
  PARAM_MISSING: { status: 200, message: "A required parameter is missing or empty" },
  PARAM_INVALID: { status: 200, message: "A parameter is not valid" },
  PARAM_UNKNOWN: { status: 200, message: "A parameter is not known" },
  ORDER_EXISTS: { status: 200, message: "The orderNo is already in use" },
  ORDER_NOT_FOUND: { status: 200, message: "There is no order with this orderNo" },
  ORDER_NOT_PAID: { status: 200, message: "The order has not been paid" },
  ORDER_SETTLED: { status: 200, message: "The order has been settled and can't be refunded" },
  ORDER_ALREADY_REFUNDED: { status: 200, message: "The order is already refunded" },
  REFUND_IN_PROGRESS: { status: 200, message: "A refund of the order is in progress" },
  ACCOUNT_NOT_FOUND: { status: 200, message: "There is no beneficiary with this payeeAccountNo" },
  ACCOUNT_NOT_ACTIVE: { status: 200, message: "The beneficiary has not been added successfully" },
  TRANSFER_EXISTS: { status: 200, message: "The transferSerialNo is already in use" },
  TRANSFER_NOT_FOUND: { status: 200, message: "There is no transfer with this transferSerialNo" },
} as const satisfies Record<string, RefusalCodeRow>

export type RefusalCode = keyof typeof refusalCodes

/** Mocasa's "no": carries what goes into the envelope. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly status: number

  constructor(code: RefusalCode, detail?: string) {
    const { message, status } = refusalCodes[code]
    super(detail === undefined ? message : `${message}: ${detail}`)
    this.code = code
    this.status = status
  }
}

// Twelve digits before the point keep the webhook's number exact.
const AMOUNT = /^(0|[1-9]\d{0,11})(?:\.(\d{1,2}))?$/

/** The amount with two decimals, such as `"100.00"`; `undefined` where it is not a positive decimal of at most two. */
export function parseAmount(text: string): string | undefined {
  const [, whole, decimals = ""] = AMOUNT.exec(text) ?? []
  if (whole === undefined) return undefined
  const amount = `${whole}.${decimals.padEnd(2, "0")}`
  return amount === "0.00" ? undefined : amount
}

/** Assumption: pesos. Mocasa's calls carry no currency, and it is a Philippine lender. */
export const CURRENCY = "PHP"
export const PAYMENT_MODE = "Mocasa BNPL"

/**
 * Mocasa, Webhook: "success/failed". Assumption: these are the only ends, of transfers and refunds too; any other word
 * is something in progress.
 */
export type FinalOutcome = "success" | "failed"

export function isFinal(status: string): status is FinalOutcome {
  return status === "success" || status === "failed"
}
