import { model } from "@medusajs/framework/utils"
import { tillSaleStates } from "../repositories/till-sales"

/** The table behind `TillSale`: an order that is paid at the till. One of an order is open at a time. */
export const TillSale = model
  .define("till_sale", {
    id: model.id({ prefix: "gwsale" }).primaryKey(),
    idempotency_key: model.text(),
    provider_id: model.text(),
    order_id: model.text(),
    is_own_draft: model.boolean(),
    state: model.enum([...tillSaleStates]),
    attempts: model.number().default(0),
    session_id: model.text().nullable(),
    problem: model.text().nullable(),
    opened_by: model.text(),
  })
  .indexes([
    { on: ["idempotency_key"], unique: true, where: null },
    {
      name: "IDX_till_sale_open",
      on: ["order_id"],
      unique: true,
      where: "state = 'open'",
    },
    { on: ["session_id"], where: null },
    { on: ["created_at"], where: null },
  ])
