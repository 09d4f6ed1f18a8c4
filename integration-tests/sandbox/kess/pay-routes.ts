import { z } from "zod"
import type { Route } from "../shared/router"
import { apiRoute } from "./api-route"
import type { KessContext } from "./context"
import { amount, authCode, feeRate, outTradeNo, serviceId, storeId, subStoreName } from "./fields"
import type { KessOrder, NewOrder } from "./orders"
import { Refusal } from "./refusal"
import { amountOf } from "./reply-values"
import { requireService, requireStore } from "./require-store"
import type { KessSettings } from "./settings"
import { walletCode } from "./wallet-code"

const nativeBody = z.strictObject({
  service_id: serviceId,
  store_id: storeId,
  sub_store_id: storeId.nullish(),
  sub_store_name: subStoreName.nullish(),
  amount,
  fee_rate: feeRate.nullish(),
  /** In the sample, where nothing was scanned. Assumption: taken and of no use. */
  auth_code: authCode.nullish(),
  out_trade_no: outTradeNo,
})
const codeBody = nativeBody.extend({ auth_code: authCode })

type PayFields = z.output<typeof nativeBody>

/** KESS, Native Pay, Quick Pay and JSAPI Pay. */
export function payRoutes(context: KessContext): readonly Route[] {
  const { paths, settings } = context
  return [
    apiRoute(context, {
      path: paths.nativePay,
      body: nativeBody,
      answer: (fields) => {
        const order = openOrder(context, "native", fields)
        return {
          qr_code: walletCode(order),
          amount: amountOf(order, settings()),
          out_trade_no: order.outTradeNo,
          result_code: "SUCCESS",
        }
      },
    }),
    codeRoute(context, "quick", paths.quickPay),
    codeRoute(context, "jsapi", paths.jsapiPay),
  ]
}

/** The body and the reply of JSAPI Pay are those of Quick Pay, word for word. */
function codeRoute(context: KessContext, kind: "quick" | "jsapi", path: string): Route {
  const { codePayments, settings } = context
  return apiRoute(context, {
    path,
    body: codeBody,
    answer: async (fields) => {
      codePayments.useCode(fields.auth_code, fields.out_trade_no)
      return codeReply(await codePayments.charge(openOrder(context, kind, fields)), settings())
    },
  })
}

/** @throws {Refusal} */
function codeReply(order: KessOrder, settings: KessSettings): object {
  const { payment, declined, outTradeNo } = order
  if (payment === null && declined) throw new Refusal("PAYMENT_DECLINED")
  return {
    amount: amountOf(order, settings),
    currency: payment?.currency ?? order.currency,
    out_trade_no: outTradeNo,
    transaction_id: payment?.transactionId ?? null,
    result_code: payment === null ? settings.heldResultCode : "SUCCESS",
  }
}

/** @throws {Refusal} */
function openOrder(context: KessContext, kind: NewOrder["kind"], fields: PayFields): KessOrder {
  requireStore(context, fields.store_id)
  requireService(fields.service_id)
  const { currency, duplicateOrder } = context.settings()
  const wanted: NewOrder = {
    kind,
    outTradeNo: fields.out_trade_no,
    serviceId: fields.service_id,
    subStoreId: fields.sub_store_id ?? null,
    subStoreName: fields.sub_store_name ?? null,
    amount: fields.amount,
    currency,
    feeRate: fields.fee_rate ?? "0",
  }
  return context.orders.create(wanted, duplicateOrder)
}
