import { control, NotFoundError } from "../shared/control"
import type { SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import type { KessContext } from "./context"
import type { KessOrder } from "./orders"

/** The buyer's part in an order, for another process. */
export function orderControlRoutes({ orders }: KessContext): readonly Route[] {
  const withOrder = (answer: (order: KessOrder) => KessOrder) => (request: SandboxRequest) => {
    const outTradeNo = request.params["outTradeNo"] ?? ""
    const order = orders.get(outTradeNo)
    if (order === undefined) throw new NotFoundError(`There is no order ${outTradeNo}`)
    return answer(order)
  }
  const path = "orders/:outTradeNo"
  return [
    control(
      "GET",
      path,
      withOrder((order) => order)
    ),
    control(
      "POST",
      `${path}/pay`,
      withOrder(({ outTradeNo }) => orders.pay(outTradeNo))
    ),
    control(
      "POST",
      `${path}/decline`,
      withOrder(({ outTradeNo }) => orders.decline(outTradeNo))
    ),
  ]
}
