import { z } from "zod"
import { control, NotFoundError, readJson } from "../shared/control"
import type { SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import type { MocasaContext } from "./context"
import type { MocasaOrder } from "./orders"
import { finishTransfer, giveBack } from "./payee"
import { decide } from "./shopper"

const endBody = z.strictObject({ txStatus: z.enum(["success", "failed"]) })

/** The shopper's and Mocasa's own part in an order or a transfer, for another process. */
export function mocasaControlRoutes(context: MocasaContext): readonly Route[] {
  return [...orderRoutes(context), ...transferRoutes(context)]
}

function transferRoutes(context: MocasaContext): readonly Route[] {
  const require = ({ params }: SandboxRequest) => {
    const number = params["transferSerialNo"] ?? ""
    const transfer = context.payouts.get(number)
    if (transfer === undefined) throw new NotFoundError(`There is no transfer ${number}`)
    return transfer
  }
  return [
    control("GET", "transfers/:transferSerialNo", require),
    control("POST", "transfers/:transferSerialNo/finish", (request) => {
      const { transferSerialNo } = require(request)
      const parsed = endBody.safeParse(readJson(request))
      if (!parsed.success) throw new Error('Send {"txStatus": "success"}, or failed')
      return finishTransfer(context, transferSerialNo, parsed.data.txStatus)
    }),
    control("POST", "transfers/:transferSerialNo/give-back", (request) =>
      giveBack(context, require(request).transferSerialNo)
    ),
  ]
}

function orderRoutes(context: MocasaContext): readonly Route[] {
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
