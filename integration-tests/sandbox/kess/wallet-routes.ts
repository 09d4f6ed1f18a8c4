import { htmlReply, seeOther, type Reply, type SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import type { KessContext } from "./context"
import type { KessOrder } from "./orders"
import { walletCode, walletPath } from "./wallet-code"
import { orderPage, scanPage } from "./wallet-page"

/** The buyer's wallet: KESS itself has no page for the shopper. */
export function walletRoutes({ orders }: KessContext): readonly Route[] {
  const withOrder =
    (answer: (order: KessOrder) => Reply) =>
    (request: SandboxRequest): Reply => {
      const code = request.query.get("code")?.trim()
      if (!code) return htmlReply(200, scanPage(orders.all()))
      const order = orders.all().find((each) => walletCode(each) === code)
      return order === undefined
        ? htmlReply(404, scanPage(orders.all(), "There is no order behind this code."))
        : answer(order)
    }
  const decided = (choice: "pay" | "decline") =>
    withOrder((order) => {
      orders[choice](order.outTradeNo)
      return seeOther(`${walletPath}?code=${encodeURIComponent(walletCode(order))}`)
    })
  return [
    {
      method: "GET",
      path: walletPath,
      handle: withOrder((order) => htmlReply(200, orderPage(order))),
    },
    { method: "POST", path: `${walletPath}/pay`, handle: decided("pay") },
    { method: "POST", path: `${walletPath}/decline`, handle: decided("decline") },
  ]
}
