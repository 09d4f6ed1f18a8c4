import { z } from "zod"
import type { Route } from "../shared/router"
import { apiRoute } from "./api-route"
import type { KessContext } from "./context"
import { amount, outRefundNo, outTradeNo, reason, serviceId, storeId } from "./fields"
import { jsonAmount, jsonId } from "./reply-values"
import { requireService, requireStore } from "./require-store"

const refundBody = z.strictObject({
  service_id: serviceId,
  store_id: storeId,
  refund_amount: amount,
  out_trade_no: outTradeNo,
  out_refund_no: outRefundNo,
  reason,
})

/** KESS, Refund to Buyer. */
export function refundRoute(context: KessContext): Route {
  const { paths, refunds, settings } = context
  return apiRoute(context, {
    path: paths.refund,
    body: refundBody,
    answer: (fields) => {
      requireStore(context, fields.store_id)
      requireService(fields.service_id)
      const { payment, refund } = refunds.refund(
        {
          outTradeNo: fields.out_trade_no,
          outRefundNo: fields.out_refund_no,
          serviceId: fields.service_id,
          amount: fields.refund_amount,
        },
        settings()
      )
      return {
        service_id: jsonId(fields.service_id),
        store_id: jsonId(fields.store_id),
        refund_amount: jsonAmount(refund.amount),
        currency: payment.currency,
        out_trade_no: fields.out_trade_no,
        out_refund_no: refund.outRefundNo,
        transaction_id: payment.transactionId,
        result_code: refund.resultCode,
      }
    },
  })
}
