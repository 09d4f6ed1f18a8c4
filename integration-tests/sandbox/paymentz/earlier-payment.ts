import type { PaymentzContext } from "./context"
import type { Money, PaymentzPayment } from "./payment"

/** A payment that somebody made by card before the test began; nobody is told of it. */
export function addPaid(
  { credentials, payments }: Pick<PaymentzContext, "credentials" | "payments">,
  merchantTransactionId: string,
  { amount, currency }: Money
): PaymentzPayment {
  const { paymentId } = payments.open({
    merchantTransactionId,
    paymentType: "DB",
    amount,
    currency,
    paymentMode: "CC",
    paymentBrand: "VISA",
    origin: "checkout",
    description: "",
    merchantRedirectUrl: "",
    notificationUrl: null,
    terminalId: credentials.terminalId,
    customer: { id: "", email: "", givenName: "", surname: "" },
  })
  return payments.approve(paymentId).payment
}
