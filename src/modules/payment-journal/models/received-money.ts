import { model } from "@medusajs/framework/utils"

/** The table behind `ReceivedMoney`; unique among deleted rows too, so that money is never counted twice. */
export const ReceivedMoney = model
  .define("received_money", {
    id: model.id({ prefix: "gwmon" }).primaryKey(),
    provider_id: model.text(),
    gateway_id: model.text(),
    order_reference: model.text(),
    amount: model.bigNumber(),
    currency_code: model.text(),
  })
  .indexes([
    { on: ["provider_id", "gateway_id"], unique: true, where: null },
    { on: ["order_reference"], where: null },
    { on: ["created_at"], where: null },
  ])
