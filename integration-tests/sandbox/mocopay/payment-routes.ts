import { isIP } from "node:net"
import { z } from "zod"
import { parseHttpUrl, type Route } from "../shared/server"
import { type InitParameters, type MocopayPayment, sum, type Transaction } from "./payments"
import { apiRoute, Refusal, text, wireNumber } from "./protocol"
import type { MocopayContext } from "./sandbox"

const INIT_PATH = "/v1/payment/initPayment"
const VERIFY_PATH = "/v1/payment/verifyPayment"

const address = text.refine((value) => parseHttpUrl(value) !== undefined, "must be an http(s) URL")

const initParameters = z.strictObject({
  pid: text,
  mcc: z
    .string()
    .regex(/^\d{3}$/, "must be three digits")
    .optional(),
  mnc: z
    .string()
    .regex(/^\d{2,3}$/, "must be two or three digits")
    .optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "must be an ISO 3166-1 code of two capitals")
    .optional(),
  userId: text.optional(),
  clientIp: z
    .string()
    .refine((value) => isIP(value) !== 0, "must be an IP address")
    .optional(),
  phone: z
    .string()
    .regex(/^\+?\d{5,15}$/, "must be a phone number")
    .optional(),
  lang: z
    .string()
    .regex(/^[a-z]{2}$/, "must be an ISO 639-1 code")
    .optional(),
  referenceId: text.optional(),
  callbackUrl: address.optional(),
  notifyUrl: address.optional(),
  imageUrl: address.optional(),
})

const verifyParameters = z.strictObject({
  sessionId: text.optional(),
  userId: text.optional(),
  transactionId: text.optional(),
})

/** MoCoPay, initPayment and verifyPayment. */
export function paymentRoutes(context: MocopayContext): readonly Route[] {
  const { now, pageUrl, payments, products, settings } = context
  return [
    apiRoute(context, {
      method: "GET",
      path: INIT_PATH,
      parameters: initParameters,
      answer: (parameters) => {
        const product = products.find(({ pid }) => pid === parameters.pid)
        if (product === undefined) throw new Refusal("PRODUCT_NOT_FOUND", parameters.pid)
        const { initialStatus, linkLifeMs } = settings()
        const payment = payments.create(parameters, product, { status: initialStatus, linkLifeMs })
        return { requestId: payment.requestId, redirectUrl: pageUrl(payment) }
      },
    }),
    apiRoute(context, {
      method: "POST",
      path: VERIFY_PATH,
      parameters: verifyParameters,
      answer: (key) => {
        const payment = find(context, key)
        const isKnown = payment?.isTouched || settings().untouchedSessions === "known"
        if (payment === undefined || !isKnown) throw new Refusal("SESSION_NOT_FOUND")
        return sessionReport(payment, { now: now(), chargedAmount: settings().chargedAmount })
      },
    }),
  ]
}

/** "Either this or userId or transactionId parameter is mandatory." Assumption: exactly one of them. */
function find(
  { payments }: Pick<MocopayContext, "payments">,
  { sessionId, userId, transactionId }: z.output<typeof verifyParameters>
): MocopayPayment | undefined {
  const given = [sessionId, userId, transactionId].filter((value) => value !== undefined)
  if (given.length === 0) throw new Refusal("PARAM_MISSING", "sessionId, userId or transactionId")
  if (given.length > 1)
    throw new Refusal("PARAM_INVALID", "send one of sessionId, userId, transactionId")
  if (sessionId !== undefined) return payments.getBySession(sessionId)
  if (userId !== undefined) return payments.getByUser(userId)
  return payments.getByTransaction(transactionId ?? "")
}

interface SessionReport {
  readonly sessionId: string
  readonly serviceCode: string
  readonly pid: string
  readonly type: "onetime" | "subscription"
  readonly endUser: {
    readonly userId?: string
    readonly phone: string
    readonly mcc: string
    readonly mnc: string
  }
  readonly lang: string
  readonly series: number
  readonly status: string
  readonly chargedAmount: number
  readonly failedAmount: number
  readonly lastChargedAmount: number
  readonly lastFailedAmount: number
  readonly totalChargedAmount: number
  readonly totalFailedAmount: number
  readonly currencyCode: string
  readonly recurrent: boolean
  readonly expiresIn: number
  readonly timeInit: string
  readonly timeAuthorized?: string
  /** Spelled so on the wire. */
  readonly timeLastSuccessfullPayment?: string
  readonly transactions: readonly string[]
}

/** MoCoPay, the vendor's example of verifyPayment. */
export const SERVICE_CODE = "PS-000-002"

/** MoCoPay, verifyPayment, "Response". The reply has no `referenceId`. */
function sessionReport(
  payment: MocopayPayment,
  options: { readonly now: number; readonly chargedAmount: "of-series" | "zero" }
): SessionReport {
  const { product, transactions, series, parameters } = payment
  const last = transactions.at(-1)
  const lastCharged = transactions.filter(({ outcome }) => outcome === "charged").at(-1)
  return {
    sessionId: payment.sessionId,
    serviceCode: SERVICE_CODE,
    pid: product.pid,
    type: product.type,
    endUser: { ...(parameters.userId && { userId: parameters.userId }), ...shopperOf(parameters) },
    lang: parameters.lang ?? "en",
    series,
    status: payment.status,
    chargedAmount: options.chargedAmount === "zero" ? 0 : chargedInSeries(payment),
    failedAmount: total(ofSeries(transactions, series), "failed"),
    // Assumption: of the last try, so that only one of the two is not 0.
    lastChargedAmount: last ? total([last], "charged") : 0,
    lastFailedAmount: last ? total([last], "failed") : 0,
    totalChargedAmount: total(transactions, "charged"),
    totalFailedAmount: total(transactions, "failed"),
    currencyCode: lastCharged?.currency ?? product.currency,
    recurrent: product.type === "subscription",
    // Assumption: seconds until the payment page closes; the vendor's example is long past its own.
    expiresIn: Math.floor((payment.linkEndsAt - options.now) / 1000),
    timeInit: zonelessTime(payment.initAt),
    ...(payment.authorizedAt && { timeAuthorized: zonelessTime(payment.authorizedAt) }),
    ...(lastCharged && { timeLastSuccessfullPayment: zonelessTime(lastCharged.at) }),
    transactions: transactions.map(({ transactionId }) => transactionId),
  }
}

/** MoCoPay, Payment notifications: "Charged amount of payment series in progress". */
export function chargedInSeries({ transactions, series }: MocopayPayment): number {
  return total(ofSeries(transactions, series), "charged")
}

function ofSeries(transactions: readonly Transaction[], series: number): Transaction[] {
  return transactions.filter((transaction) => transaction.series === series)
}

function total(transactions: readonly Transaction[], outcome: Transaction["outcome"]): number {
  return wireNumber(sum(transactions, outcome))
}

/** `"2014-04-02 14:34:53"`. Assumption: UTC; the vendor's times have no zone. */
function zonelessTime(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace("T", " ")
}

interface ShopperPhone {
  readonly phone: string
  readonly mcc: string
  readonly mnc: string
}

/** MoCoPay learns these from the SMS where initPayment did not name them; the values are the vendor's example's. */
export function shopperOf({ phone, mcc, mnc }: InitParameters): ShopperPhone {
  return { phone: phone ?? "0099923026", mcc: mcc ?? "999", mnc: mnc ?? "99" }
}
