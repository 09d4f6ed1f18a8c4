import { model } from "@medusajs/framework/utils"

/** The table behind `ChargebackWalks`: one row for each provider. Without a place no walk is under way. */
export const ChargebackWalk = model
  .define("chargeback_walk", {
    id: model.id({ prefix: "gwwalk" }).primaryKey(),
    provider_id: model.text(),
    day: model.text().nullable(),
    last_day: model.text().nullable(),
    page: model.number().nullable(),
    next_at: model.dateTime(),
  })
  .indexes([{ on: ["provider_id"], unique: true, where: null }])
