import { control, NotFoundError } from "../shared/control"
import type { SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import type { PaymentzContext } from "./context"
import type { PaymentzPayment } from "./payment"
import { decide } from "./shopper"

/** The shopper's, the bank's and the issuer's part in an order, for another process. */
export function orderControlRoutes(context: PaymentzContext): readonly Route[] {
  const { moves, notifier, payments } = context
  const withPayment =
    (answer: (payment: PaymentzPayment) => unknown) => (request: SandboxRequest) => {
      const number = request.params["id"] ?? ""
      const payment = payments.best(number)
      if (payment === undefined) throw new NotFoundError(`There is no payment for ${number}`)
      return answer(payment)
    }
  const to = (action: string, answer: (payment: PaymentzPayment) => unknown) =>
    control("POST", `orders/:id/${action}`, withPayment(answer))
  return [
    control(
      "GET",
      "orders/:id",
      withPayment(({ merchantTransactionId }) => payments.attempts(merchantTransactionId))
    ),
    to("pay", (payment) => decide(context, "pay", payment)),
    to("decline", (payment) => decide(context, "decline", payment)),
    to("cancel", (payment) => decide(context, "cancel", payment)),
    to("settle", ({ paymentId }) => moves.settle(paymentId)),
    to("chargeback", ({ paymentId }) => notifier.told(moves.chargeback(paymentId))),
  ]
}
