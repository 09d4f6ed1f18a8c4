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
  url,
} from "./fields"
import { isPaid } from "./payment"
import { requirePayable } from "./payment-routes"
import { finishPayout } from "./payee"
import { payoutReply } from "./payout-reply"
import { Refusal } from "./refusal"
import { timestamp } from "./timestamp"

/** Paymentz, POST /payout: "transfer money back into given cardholder's account", so to whom has paid before. */
export function payoutRoute(context: PaymentzContext): Route {
  const { credentials, later, notifier, payments, payouts, settings, now } = context
  const payOut = call(context, {
    fields: z.strictObject({
      ...authentication,
      merchantTransactionId,
      amount,
      currency,
      paymentType: z.literal("PO"),
      paymentId: text.optional(),
      "merchant.email": text.optional(),
      // Assumption: as every other payment has it.
      notificationUrl: url.optional(),
      ...optionalCustomer,
    }),
    checksum: ({ merchantTransactionId, amount }) =>
      checksum("payout", { ...credentials, merchantTransactionId, amount }),
    answer: ({ paymentId, amount, currency, merchantTransactionId, notificationUrl, ...rest }) => {
      if (paymentId !== undefined && !isPaid(payments.require(paymentId))) {
        throw new Refusal("RECORD_NOT_FOUND", "the payment was never made")
      }
      if (paymentId === undefined && rest["customer.email"] === undefined) {
        throw new Refusal("FIELD_MISSING", "paymentId or customer.email")
      }
      requirePayable(context, { amount, currency })
      const { payoutStatus, payoutEndsAfterMs } = settings()
      const payout = notifier.paidOut(
        payouts.make(
          { merchantTransactionId, amount, currency, notificationUrl: notificationUrl ?? null },
          payoutStatus
        )
      )
      later.after(payoutEndsAfterMs, () => {
        if (payouts.get(merchantTransactionId)?.status === "payoutstarted") {
          finishPayout(context, merchantTransactionId, "payoutsuccessful")
        }
      })
      return { ...payoutReply(payout), timestamp: timestamp(now()) }
    },
  })
  return apiRoute(context, { path: `${API}/payout`, needsToken: true, choose: () => payOut })
}
