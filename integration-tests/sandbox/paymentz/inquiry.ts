import { z } from "zod"
import type { Route } from "../shared/router"
import { API, apiRoute, call, type Call } from "./api-route"
import { checksum } from "./checksum"
import type { PaymentzContext } from "./context"
import { authentication, text } from "./fields"
import type { PaymentzPayment } from "./payment"
import { paymentReply } from "./payment-reply"
import { payoutReply } from "./payout-reply"
import type { Payout } from "./payouts"
import { Refusal } from "./refusal"
import { timestamp } from "./timestamp"

const idType = z.enum(["PID", "MID"])
const RECORD_FOUND = { code: "00026", description: "Your record found successfully" }

/** POST /payments/{id}. Assumption: by MID the merchantTransactionId takes the paymentId's place in the path. */
export function inquiryByPath(context: PaymentzContext): Call {
  return call(context, {
    fields: z.strictObject({ ...authentication, paymentType: text, idType: idType.optional() }),
    checksum: ({ idType = "PID" }, { params }) =>
      inquiryChecksum(context, idType, params["id"] ?? ""),
    answer: ({ idType = "PID" }, { params }) => found(context, idType, params["id"] ?? ""),
  })
}

/** POST /inquiry, as some brands have it: the number in a field of its own. */
export function inquiryRoute(context: PaymentzContext): Route {
  const inquire = call(context, {
    fields: z.strictObject({
      ...authentication,
      paymentType: z.literal("IN"),
      idType,
      paymentId: text.optional(),
      merchantTransactionId: text.optional(),
    }),
    checksum: (fields) => inquiryChecksum(context, fields.idType, numberOf(fields)),
    answer: (fields) => found(context, fields.idType, numberOf(fields)),
  })
  return apiRoute(context, { path: `${API}/inquiry`, needsToken: true, choose: () => inquire })
}

interface Asked {
  readonly idType: "PID" | "MID"
  readonly paymentId?: string | undefined
  readonly merchantTransactionId?: string | undefined
}

function numberOf({ idType, paymentId, merchantTransactionId }: Asked): string {
  const number = idType === "PID" ? paymentId : merchantTransactionId
  if (number !== undefined) return number
  throw new Refusal("FIELD_MISSING", idType === "PID" ? "paymentId" : "merchantTransactionId")
}

function inquiryChecksum(
  { credentials }: PaymentzContext,
  idType: "PID" | "MID",
  number: string
): string {
  return idType === "PID"
    ? checksum("paymentOnly", { ...credentials, paymentId: number })
    : checksum("inquiryByTransaction", { ...credentials, merchantTransactionId: number })
}

function found(context: PaymentzContext, idType: "PID" | "MID", number: string): object {
  const { credentials, now, payments } = context
  const payment = idType === "PID" ? payments.get(number) : ofMerchant(context, number)
  if (payment !== undefined) return paymentReply(payment, credentials, now(), RECORD_FOUND)
  const payout = payoutOf(context, idType, number)
  if (payout === undefined) throw new Refusal("RECORD_NOT_FOUND")
  return { ...payoutReply(payout, RECORD_FOUND), timestamp: timestamp(now()) }
}

function payoutOf(
  { payouts, settings }: PaymentzContext,
  idType: "PID" | "MID",
  number: string
): Payout | undefined {
  if (!settings().inquiryTellsPayouts) return undefined
  return idType === "PID" ? payouts.byNumber(number) : payouts.get(number)
}

function ofMerchant(
  { payments, settings }: PaymentzContext,
  merchantTransactionId: string
): PaymentzPayment | undefined {
  return settings().midInquiry === "latest"
    ? payments.latest(merchantTransactionId)
    : payments.best(merchantTransactionId)
}
