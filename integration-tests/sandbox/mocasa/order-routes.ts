import { z } from "zod"
import { parseHttpUrl } from "../shared/http-url"
import type { Route } from "../shared/router"
import { amountText, apiRoute, text } from "./api-route"
import type { MocasaContext } from "./context"
import { PAYMENT_MODE } from "./currency"
import type { MocasaOrder } from "./orders"

const createForm = z.strictObject({
  orderNo: text,
  amount: amountText,
  productName: text,
  customerId: text,
  returnUrl: text.refine((value) => parseHttpUrl(value) !== undefined, "must be an http(s) URL"),
})
const queryForm = z.strictObject({ orderNo: text })
const refundForm = z.strictObject({ orderNo: text, reason: text })

/** Mocasa, Create Order, Get Order Status and Order Refund. */
export function orderRoutes(context: MocasaContext): readonly Route[] {
  const { orders, settings, tokens, paymentLink } = context
  return [
    apiRoute({
      path: "/payment/order/create",
      tokens,
      form: createForm,
      answer: (fields) => {
        const order = orders.create(fields, settings().duplicateOrder)
        return { paymentLink: paymentLink(order), orderNo: order.orderNo }
      },
    }),
    apiRoute({
      path: "/payment/order/query",
      tokens,
      form: queryForm,
      answer: ({ orderNo }) => {
        const order = orders.require(orderNo)
        return {
          paymentLink: paymentLink(order),
          orderNo,
          ...transactionOf(order, settings().unpaidTxStatus),
        }
      },
    }),
    apiRoute({
      path: "/payment/order/refund",
      tokens,
      form: refundForm,
      answer: ({ orderNo, reason }) => {
        const { refundStatus, refundRef } = orders.refund(orderNo, reason, settings().refundStatus)
        return { refundStatus, orderNo, refundRef }
      },
    }),
  ]
}

function transactionOf(order: MocasaOrder, unpaidTxStatus: string | null): object {
  if (order.transaction === null) return unpaidTxStatus === null ? {} : { txStatus: unpaidTxStatus }
  return { ...order.transaction, paymentMode: PAYMENT_MODE }
}
