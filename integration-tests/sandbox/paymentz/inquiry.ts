import { z } from "zod"
import type { Route } from "../shared/server"
import { authentication, text } from "./fields"
import { capturedAmount, madeAmount } from "./operations"
import { paymentReply } from "./payment-routes"
import type { PaymentzPayment } from "./payments"
import { type Payout, payoutReply } from "./payouts"
import { API, apiRoute, call, type Call, checksum, parseDay, Refusal, timestamp } from "./protocol"
import type { PaymentzContext } from "./sandbox"

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
  const payment = idType === "PID" ? payments.get(number) : payments.best(number)
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

const positive = z.string().regex(/^[1-9]\d{0,4}$/, "must be a number above zero")
const DAY_MS = 24 * 60 * 60 * 1000

/** Both days belong to the range. Assumption: days of UTC. */
const day = z.string().transform((text, context) => {
  const epochMs = parseDay(text)
  if (epochMs !== undefined) return epochMs
  context.addIssue("must be a day written dd/mm/yyyy")
  return z.NEVER
})

/** Of a page that no records are asked for. */
const DEFAULT_RECORDS = "100"

/**
 * Paymentz, POST /getTransactionList. Assumption: the items stand in `transaction`, under the names that other clients
 * of the platform read, and pages count from 1.
 */
export function transactionListRoute(context: PaymentzContext): Route {
  const { credentials, payments, payouts, now } = context
  const list = call(context, {
    fields: z.strictObject({
      ...authentication,
      "pagination.fromdate": day,
      "pagination.todate": day,
      "pagination.pageno": positive.optional(),
      "pagination.records": positive.optional(),
    }),
    checksum: () => checksum("memberOnly", credentials),
    answer: (range) => {
      const isWithin = ({ openedAt }: { readonly openedAt: number }) =>
        openedAt >= range["pagination.fromdate"] && openedAt < range["pagination.todate"] + DAY_MS
      const records = Number(range["pagination.records"] ?? DEFAULT_RECORDS)
      const first = (Number(range["pagination.pageno"] ?? "1") - 1) * records
      const items = [
        ...payments.all().filter(isWithin).map(paymentItem),
        ...payouts.all().filter(isWithin).map(payoutItem),
      ]
      return {
        transaction: items.slice(first, first + records),
        result: { code: "00026", description: "Your record found successfully" },
        timestamp: timestamp(now()),
      }
    },
  })
  return apiRoute(context, {
    path: `${API}/getTransactionList`,
    needsToken: true,
    choose: () => list,
  })
}

function paymentItem(payment: PaymentzPayment): object {
  return {
    systemPaymentId: payment.paymentId,
    merchantTransactionId: payment.merchantTransactionId,
    // The long word: by these the list can be narrowed.
    transactionStatus: payment.status ?? "",
    amount: payment.amount,
    currency: payment.currency,
    captureamount: capturedAmount(payment),
    refundamount: madeAmount(payment.refund),
    chargebackamount: payment.chargebackAmount ?? "0.00",
    payoutamount: "0.00",
    transactionDate: timestamp(payment.openedAt),
    remark: payment.remark,
    terminalid: payment.terminalId,
  }
}

function payoutItem(payout: Payout): object {
  return {
    systemPaymentId: payout.paymentId,
    merchantTransactionId: payout.merchantTransactionId,
    transactionStatus: payout.status,
    amount: payout.amount,
    currency: payout.currency,
    captureamount: "0.00",
    refundamount: "0.00",
    chargebackamount: "0.00",
    payoutamount: payout.status === "payoutsuccessful" ? payout.amount : "0.00",
    transactionDate: timestamp(payout.openedAt),
  }
}
