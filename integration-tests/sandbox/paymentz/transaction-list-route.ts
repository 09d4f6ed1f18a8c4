import { z } from "zod"
import type { Route } from "../shared/router"
import { API, apiRoute, call } from "./api-route"
import { checksum } from "./checksum"
import type { PaymentzContext } from "./context"
import { authentication } from "./fields"
import type { PaymentzPayment } from "./payment"
import { capturedAmount, madeAmount } from "./payment-moves"
import type { Payout } from "./payouts"
import { parseDay, timestamp } from "./timestamp"

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
