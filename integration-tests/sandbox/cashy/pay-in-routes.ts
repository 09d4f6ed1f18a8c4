import { z } from "zod"
import type { Route } from "../shared/router"
import { withoutZeros } from "./amount"
import { requirePayable } from "./payable"
import { amountText, apiRoute, currencyCode, httpUrl, text } from "./api-route"
import type { CashyContext } from "./context"
import { Digits, type JsonField } from "./json-text"
import type { CashyOrder } from "./order"
import { Refusal } from "./refusal"
import { timeText } from "./time"

const payInBody = z.strictObject({
  currency: currencyCode,
  payType: z.int(),
  amount: amountText,
  reusableStatus: z.literal(false),
  mchOrderNo: text(32),
  expireTime: z.int().positive(),
  notifyUrl: httpUrl,
  nonceStr: text(32),
  remark: text(32),
  realName: text(32),
  phone: text(32),
  email: text(32).includes("@"),
  idCard: text(32),
  idType: text(32).optional(),
})

const queryBody = z.strictObject({
  orderNo: text(32).optional(),
  mchOrderNo: text(32).optional(),
  nonceStr: text(32),
})

/** Cashy, Create Payin Order and Query Payin Order. */
export function payInRoutes(context: CashyContext): readonly Route[] {
  const { credentials, orders, settings, links } = context
  return [
    apiRoute({
      path: "/api/payIn",
      credentials,
      body: payInBody,
      answer: (fields) => {
        requirePayable(fields.amount, settings())
        const { ways, orderType, duplicateOrder } = settings()
        const order = orders.create(fields, { ways, orderType }, duplicateOrder)
        return {
          ...numbersOf(context, order),
          ...links(order),
          amount: new Digits(withoutZeros(order.amount)),
        }
      },
    }),
    apiRoute({
      path: "/api/payInQuery",
      credentials,
      body: queryBody,
      answer: ({ orderNo, mchOrderNo }) => queryData(context, find(context, orderNo, mchOrderNo)),
    }),
  ]
}

/** "At least one of the platform order number and the merchant order number must be passed", the former first. */
function find({ orders }: CashyContext, orderNo?: string, mchOrderNo?: string): CashyOrder {
  if (orderNo === undefined && mchOrderNo === undefined) {
    throw new Refusal("Params_orderNo_Required")
  }
  const order =
    orderNo === undefined ? orders.byMchOrderNo(mchOrderNo ?? "") : orders.byOrderNo(orderNo)
  if (order === undefined) throw new Refusal("Payin_Order_not_exist")
  return order
}

function numbersOf({ credentials }: CashyContext, { mchOrderNo, orderNo }: CashyOrder) {
  return { merchantId: credentials.merchantId, mchOrderNo, orderNo }
}

/** An amount is a string here, and a payCode that there is not is empty, as in the vendor's example. */
function queryData(context: CashyContext, order: CashyOrder): Record<string, JsonField> {
  const { wholeAmounts, fee } = context.settings()
  const { payCode, payUrl, payDeskUrl } = context.links(order)
  return {
    ...numbersOf(context, order),
    payType: String(order.payType),
    payCode: payCode ?? "",
    payUrl,
    payDeskUrl,
    amount: wholeAmounts ? withoutZeros(order.amount) : order.amount,
    fee: withoutZeros(fee),
    orderStatus: order.orderStatus,
    completionTime: order.completedAt === null ? null : timeText(order.completedAt),
    nonceStr: null,
  }
}
