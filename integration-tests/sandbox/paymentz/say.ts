import type { PaymentzContext } from "./context"
import type { PaymentzPayment } from "./payment"

/** Makes what a word says true of the money, then has the payment say it; other words move nothing. */
export function say(
  { moves, payments }: Pick<PaymentzContext, "moves" | "payments">,
  merchantTransactionId: string,
  word: string | null
): PaymentzPayment {
  const { paymentId, paymentType } = payments.requireBest(merchantTransactionId)
  switch (word) {
    case "authsuccessful":
    case "capturestarted":
    case "capturefailed":
      // A debit that was not captured is none: what the issuer holds for it comes free again by itself.
      if (paymentType === "PA") payments.approve(paymentId)
      break
    case "capturesuccess":
    case "settled":
    case "markedforreversal":
      take(payments.approve(paymentId).payment)
      break
    case "reversed": {
      const { amount } = take(payments.approve(paymentId).payment)
      moves.refund(paymentId, amount, "00005")
      break
    }
    case "chargeback":
      take(payments.approve(paymentId).payment)
      moves.chargeback(paymentId)
      break
  }
  return payments.put({ ...payments.require(paymentId), status: word })

  function take(payment: PaymentzPayment): PaymentzPayment {
    return payment.money === "reserved"
      ? moves.capture(paymentId, payment.amount, "00004")
      : payment
  }
}
