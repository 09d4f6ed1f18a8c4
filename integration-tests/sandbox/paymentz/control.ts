import { z } from "zod"
import { control, NotFoundError, readJson } from "../shared/control"
import type { SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import type { PaymentzContext } from "./context"
import type { PaymentzPayment } from "./payment"
import { finishPayout, giveBack } from "./payee"
import { decide } from "./shopper"

const endBody = z.strictObject({ status: z.enum(["payoutsuccessful", "payoutfailed"]) })

/** The shopper's, the bank's and the issuer's part in an order or a payout, for another process. */
export function paymentzControlRoutes(context: PaymentzContext): readonly Route[] {
  return [...orderRoutes(context), ...payoutRoutes(context)]
}

function payoutRoutes(context: PaymentzContext): readonly Route[] {
  const require = ({ params }: SandboxRequest) => {
    const number = params["id"] ?? ""
    const payout = context.payouts.get(number)
    if (payout === undefined) throw new NotFoundError(`There is no payout ${number}`)
    return payout
  }
  return [
    control("GET", "payouts/:id", require),
    control("POST", "payouts/:id/finish", (request) => {
      const { merchantTransactionId } = require(request)
      const parsed = endBody.safeParse(readJson(request))
      if (!parsed.success) throw new Error('Send {"status": "payoutsuccessful"}, or payoutfailed')
      return finishPayout(context, merchantTransactionId, parsed.data.status)
    }),
    control("POST", "payouts/:id/give-back", (request) =>
      giveBack(context, require(request).merchantTransactionId)
    ),
  ]
}

function orderRoutes(context: PaymentzContext): readonly Route[] {
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
