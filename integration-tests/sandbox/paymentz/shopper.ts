import type { PaymentzContext } from "./context"
import { isPaid, type Money, type PaymentzPayment } from "./payment"

export type Choice = "pay" | "decline" | "cancel"

export interface ChoiceDetails {
  /** Takes the place of what was ordered. */
  readonly money?: Money | undefined
  readonly savesCard?: boolean
}

/** What a shopper does with a payment, by the page's buttons or on a test's word; Paymentz tells the merchant. */
export function decide(
  { payments, notifier, savedCards, settings }: PaymentzContext,
  choice: Choice,
  chosen: PaymentzPayment,
  { money, savesCard = false }: ChoiceDetails = {}
): PaymentzPayment {
  if (isPaid(chosen)) return chosen
  const { paymentId } = payments.payable(chosen)
  switch (choice) {
    case "pay": {
      if (savesCard) {
        const payment = payments.require(paymentId)
        const { registrationId } = savedCards.save(payment.customer)
        payments.put({ ...payment, registrationId })
      }
      return notifier.decided(payments.approve(paymentId, money))
    }
    case "decline":
      return notifier.decided(payments.decline(paymentId, settings().declineCode))
    case "cancel":
      return notifier.decided(payments.cancel(paymentId))
  }
}
