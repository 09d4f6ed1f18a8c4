import { control, NotFoundError } from "../shared/control"
import type { SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import type { MocasaContext } from "./context"
import type { MocasaOrder } from "./orders"
import { decide } from "./shopper"

/** The shopper's and Mocasa's own part in an order, for another process. */
export function orderControlRoutes(context: MocasaContext): readonly Route[] {
  const { orders } = context
  const withOrder = (answer: (order: MocasaOrder) => MocasaOrder) => (request: SandboxRequest) => {
    const orderNo = request.params["orderNo"] ?? ""
    const order = orders.get(orderNo)
    if (order === undefined) throw new NotFoundError(`There is no order ${orderNo}`)
    return answer(order)
  }
  return [
    control(
      "GET",
      "orders/:orderNo",
      withOrder((order) => order)
    ),
    control(
      "POST",
      "orders/:orderNo/pay",
      withOrder(({ orderNo }) => decide(context, "pay", orderNo))
    ),
    control(
      "POST",
      "orders/:orderNo/decline",
      withOrder(({ orderNo }) => decide(context, "decline", orderNo))
    ),
    control(
      "POST",
      "orders/:orderNo/settle",
      withOrder(({ orderNo }) => orders.settle(orderNo))
    ),
  ]
}
