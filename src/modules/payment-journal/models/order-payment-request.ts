import { model } from "@medusajs/framework/utils"
import { paymentPurposes } from "../repositories/payment-requests"

/** The table behind `PaymentRequest`: one for each payment collection that the shop's server opened on an order. */
export const OrderPaymentRequest = model
  .define("order_payment_request", {
    id: model.id({ prefix: "gwreq" }).primaryKey(),
    order_id: model.text(),
    payment_collection_id: model.text(),
    provider_id: model.text(),
    purpose: model.enum([...paymentPurposes]),
    reference: model.text().nullable(),
    session_id: model.text().nullable(),
  })
  .indexes([
    { on: ["payment_collection_id"], unique: true, where: null },
    { on: ["order_id"], where: null },
  ])
