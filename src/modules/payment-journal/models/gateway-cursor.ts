import { model } from "@medusajs/framework/utils"

/** The table behind `Cursor`: one row for each list of each provider. Without a place nobody is reading it. */
export const GatewayCursor = model
  .define("gateway_cursor", {
    id: model.id({ prefix: "gwcur" }).primaryKey(),
    list: model.text(),
    provider_id: model.text(),
    place: model.json().nullable(),
    next_at: model.dateTime(),
  })
  .indexes([{ on: ["list", "provider_id"], unique: true, where: null }])
