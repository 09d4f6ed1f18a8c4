import { z } from "zod"
import { control, NotFoundError, readJson } from "../shared/control"
import type { SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import type { CashyContext } from "./context"
import type { CashyOrder } from "./order"
import { giveBack, sayOfPayout } from "./payee"
import { decide, payPart } from "./shopper"
import { isPayoutEnd } from "./words"

const amountBody = z.strictObject({ amount: z.string() })
const endBody = z.strictObject({ orderStatus: z.string().refine(isPayoutEnd) })

/** The shopper's and Cashy's own part in an order or a payout, for another process. Numbers are either side's. */
export function cashyControlRoutes(context: CashyContext): readonly Route[] {
  const { orders } = context
  const orderRoute = (
    method: Route["method"],
    action: string,
    answer: (order: CashyOrder, request: SandboxRequest) => CashyOrder
  ) =>
    control(method, `orders/:number${action}`, (request) => {
      const number = request.params["number"] ?? ""
      const order = orders.get(number)
      if (order === undefined) throw new NotFoundError(`There is no order ${number}`)
      return answer(order, request)
    })
  return [
    orderRoute("GET", "", (order) => order),
    orderRoute("POST", "/pay", ({ orderNo }) => decide(context, "pay", orderNo)),
    orderRoute("POST", "/decline", ({ orderNo }) => decide(context, "decline", orderNo)),
    orderRoute("POST", "/expire", ({ orderNo }) => orders.expire(orderNo)),
    orderRoute("POST", "/pay-part", ({ orderNo }, request) => {
      const parsed = amountBody.safeParse(readJson(request))
      if (!parsed.success) throw new Error('Send {"amount": "50.00"}')
      return payPart(context, orderNo, parsed.data.amount)
    }),
    orderRoute("POST", "/pay-again", ({ orderNo, amount }) => payPart(context, orderNo, amount)),
    ...payoutRoutes(context),
  ]
}

function payoutRoutes(context: CashyContext): readonly Route[] {
  const { payouts } = context
  const require = (request: SandboxRequest) => {
    const number = request.params["number"] ?? ""
    const payout = payouts.get(number)
    if (payout === undefined) throw new NotFoundError(`There is no payout ${number}`)
    return payout
  }
  return [
    control("GET", "payouts/:number", require),
    control("POST", "payouts/:number/finish", (request) => {
      const { orderNo } = require(request)
      const parsed = endBody.safeParse(readJson(request))
      if (!parsed.success) throw new Error('Send {"orderStatus": "SUCCESS"}, or FAIL or CANCEL')
      return sayOfPayout(context, orderNo, parsed.data.orderStatus)
    }),
    control("POST", "payouts/:number/give-back", (request) =>
      giveBack(context, require(request).orderNo)
    ),
  ]
}
