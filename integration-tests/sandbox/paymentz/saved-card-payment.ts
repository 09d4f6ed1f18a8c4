import { z } from "zod"
import { call, type Call } from "./api-route"
import { checksum } from "./checksum"
import type { PaymentzContext } from "./context"
import {
  amount,
  authentication,
  currency,
  customerOf,
  merchantTransactionId,
  optionalPayment,
  text,
  url,
} from "./fields"
import type { Customer, PaymentzPayment } from "./payment"
import { newPayment, requirePayable, requireUnused } from "./payment-routes"
import { paymentReply } from "./payment-reply"
import { redirectTo } from "./redirect"
import { Refusal } from "./refusal"
import type { PaymentzSettings } from "./settings"

const fields = z.strictObject({
  ...authentication,
  merchantTransactionId,
  amount,
  currency,
  paymentType: z.enum(["DB", "PA"]),
  paymentMode: text.optional(),
  paymentBrand: text.optional(),
  merchantRedirectUrl: url.optional(),
  ...optionalPayment,
})

/** Paymentz, POST /paywithtoken/{registrationId}: synchronous, or with 3-D Secure. */
export function payWithSavedCard(context: PaymentzContext): Call {
  const { credentials, now, payments, savedCards, settings } = context
  return call(context, {
    fields,
    checksum: ({ amount }, { params }) =>
      checksum("savedCardPayment", { ...credentials, registrationId: params["id"] ?? "", amount }),
    answer: (wanted, { params }) => {
      const card = savedCards.require(params["id"] ?? "")
      requireOwner(card.customer, customerOf(wanted))
      requirePayable(context, wanted)
      requireUnused(context, wanted.merchantTransactionId)
      if (wanted.recurringType !== undefined && !settings().bankSupportsRecurring) {
        throw new Refusal("RECURRING_NOT_SUPPORTED")
      }
      const { merchantRedirectUrl = "" } = wanted
      const outcome = outcomeOf(context, wanted.recurringType === "REPEATED")
      if (outcome === "3d" && merchantRedirectUrl === "") {
        throw new Refusal("FIELD_MISSING", "merchantRedirectUrl")
      }
      const opened = payments.open({
        ...newPayment(wanted, credentials.terminalId),
        customer: card.customer,
        origin: "saved-card",
        paymentMode: "CC",
        paymentBrand: card.cardType,
        merchantRedirectUrl,
      })
      const payment = charge(context, opened, outcome)
      return {
        ...paymentReply(payment, credentials, now()),
        ...(payment.awaits3d && {
          redirect: redirectTo(context, payment, settings().redirectMethod),
        }),
      }
    },
  })
}

type Outcome = PaymentzSettings["savedCardPayment"]

/** A repeated charge is made without the shopper: no issuer can ask for 3-D Secure. */
function outcomeOf({ settings }: PaymentzContext, isRepeated: boolean): Outcome {
  const { savedCardPayment } = settings()
  return savedCardPayment === "3d" && isRepeated ? "approve" : savedCardPayment
}

function charge(
  { notifier, payments, settings }: PaymentzContext,
  opened: PaymentzPayment,
  outcome: Outcome
): PaymentzPayment {
  switch (outcome) {
    case "approve":
      return notifier.decided(payments.approve(opened.paymentId))
    case "decline":
      return notifier.decided(payments.decline(opened.paymentId, settings().declineCode))
    case "pending":
      return payments.put({ ...opened, status: "authstarted" })
    case "3d":
      return payments.put({ ...opened, status: "authstarted", awaits3d: true })
  }
}

/** A card is charged only for whom it was saved, where the payment says for whom it is. */
function requireOwner(owner: Customer, payer: Customer): void {
  if (payer.id !== "" && owner.id !== "" && payer.id !== owner.id) {
    throw new Refusal("RECORD_NOT_FOUND", "registrationId")
  }
}
