import { z } from "zod"
import type { Route } from "../shared/router"
import { apiRoute } from "./api-route"
import type { KessContext } from "./context"
import { outTradeNo, storeId } from "./fields"
import type { KessOrder } from "./orders"
import { isMade, type KessRefund } from "./refunds"
import { Refusal } from "./refusal"
import { amountOf, jsonAmount, jsonId } from "./reply-values"
import { requireStore } from "./require-store"

const checkBody = z.strictObject({ store_id: storeId, out_trade_no: outTradeNo })

/** KESS, Check Payment Status and Check Refund Status: the same body, and the same shape of reply. */
export function checkRoutes(context: KessContext): readonly Route[] {
  const { paths, settings } = context
  return [
    checkRoute(context, paths.checkPayment, (order) => {
      const { unpaidCheck, unpaidMessage } = settings()
      const isPaid = order.payment !== null
      if (!isPaid && unpaidCheck === "failure") {
        throw new Refusal("ORDER_NOT_PAID", unpaidMessage ?? undefined)
      }
      const message = isPaid ? "Payment Successful!" : unpaidMessage
      return { isSuccess: isPaid, message, amount: amountOf(order, settings()) }
    }),
    checkRoute(context, paths.checkRefund, (order, refund) => {
      const tellsOrder = refund === undefined || settings().refundCheckAmount === "order"
      return {
        isSuccess: refund !== undefined && isMade(refund),
        message: refundMessage(refund),
        amount: tellsOrder ? amountOf(order, settings()) : jsonAmount(refund.amount),
      }
    }),
  ]
}

interface Checked {
  readonly isSuccess: boolean
  readonly message: string | null
  readonly amount: number
}

function checkRoute(
  context: KessContext,
  path: string,
  look: (order: KessOrder, refund: KessRefund | undefined) => Checked
): Route {
  return apiRoute(context, {
    path,
    body: checkBody,
    answer: ({ store_id, out_trade_no }) => {
      requireStore(context, store_id)
      const order = context.orders.require(out_trade_no)
      const last = context.settings().checkTellsOf === "last-refund"
      const refund = order.refunds.at(last ? -1 : 0)
      const { isSuccess, message, amount } = look(order, refund)
      return {
        is_success: isSuccess,
        service_id: jsonId(order.serviceId),
        out_trade_no,
        amount,
        out_refund_no: refund?.outRefundNo ?? null,
        currency: order.payment?.currency ?? order.currency,
        ...(message === null ? {} : { message }),
      }
    },
  })
}

function refundMessage(refund: KessRefund | undefined): string {
  if (refund === undefined) return "Refund Not Found!"
  return isMade(refund) ? "Refund Successful!" : `Refund ${refund.resultCode}`
}
