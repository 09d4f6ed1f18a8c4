import { z } from "zod"
import type { Route } from "../shared/router"
import { API, apiRoute, call } from "./api-route"
import { checksum } from "./checksum"
import type { PaymentzContext } from "./context"
import {
  amount,
  authentication,
  currency,
  merchantTransactionId,
  optionalCustomer,
  text,
} from "./fields"
import { isPaid } from "./payment"
import { requirePayable } from "./payment-routes"
import { Refusal } from "./refusal"
import { shortStatus } from "./statuses"
import { timestamp } from "./timestamp"

/** Paymentz, POST /payout: "transfer money back into given cardholder's account", so to whom has paid before. */
export function payoutRoute(context: PaymentzContext): Route {
  const { credentials, payments, payouts, settings, now } = context
  const payOut = call(context, {
    fields: z.strictObject({
      ...authentication,
      merchantTransactionId,
      amount,
      currency,
      paymentType: z.literal("PO"),
      paymentId: text.optional(),
      "merchant.email": text.optional(),
      ...optionalCustomer,
    }),
    checksum: ({ merchantTransactionId, amount }) =>
      checksum("payout", { ...credentials, merchantTransactionId, amount }),
    answer: ({ paymentId, amount, currency, merchantTransactionId, ...rest }) => {
      if (paymentId !== undefined && !isPaid(payments.require(paymentId))) {
        throw new Refusal("RECORD_NOT_FOUND", "the payment was never made")
      }
      if (paymentId === undefined && rest["customer.email"] === undefined) {
        throw new Refusal("FIELD_MISSING", "paymentId or customer.email")
      }
      requirePayable(context, { amount, currency })
      const wanted = { merchantTransactionId, amount, currency }
      const payout = payouts.make(wanted, settings().payoutStatus)
      const isFailed = payout.status === "payoutfailed"
      return {
        paymentId: payout.paymentId,
        ...wanted,
        status: payout.status,
        transactionStatus: shortStatus(payout.status),
        result: isFailed
          ? { code: "10001", description: "Transaction failed" }
          : { code: "00001", description: "Transaction succeeded" },
        timestamp: timestamp(now()),
      }
    },
  })
  return apiRoute(context, { path: `${API}/payout`, needsToken: true, choose: () => payOut })
}
