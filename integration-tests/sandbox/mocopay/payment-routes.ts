import { isIP } from "node:net"
import { z } from "zod"
import { parseHttpUrl } from "../shared/http-url"
import type { Route } from "../shared/router"
import { apiRoute, text } from "./api-route"
import type { MocopayContext } from "./context"
import type { MocopayPayment } from "./payment"
import { Refusal } from "./refusal"
import { sessionReport } from "./session-report"

export const INIT_PATH = "/v1/payment/initPayment"
export const VERIFY_PATH = "/v1/payment/verifyPayment"

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
