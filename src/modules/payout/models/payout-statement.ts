import { model } from "@medusajs/framework/utils"

/** The table behind `PayoutStatement`. Rows are only ever added; the statement itself is not kept. */
export const PayoutStatement = model
  .define("payout_statement", {
    id: model.id({ prefix: "postm" }).primaryKey(),
    provider_id: model.text(),
    file_name: model.text().searchable().nullable(),
    digest: model.text(),
    bank_ids: model.json(),
    settled: model.number(),
    known: model.number(),
    others: model.number(),
    told: model.json(),
    bookings: model.json(),
    created_by: model.text(),
  })
  .indexes([
    { on: ["provider_id", "digest"], where: null },
    { on: ["created_at"], where: null },
  ])
