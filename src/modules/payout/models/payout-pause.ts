import { model } from "@medusajs/framework/utils"

/** Times in which nothing is sent, and who began and ended them; the one without an end is the present one. */
export const PayoutPause = model
  .define("payout_pause", {
    id: model.id({ prefix: "popau" }).primaryKey(),
    reason: model.text(),
    paused_by: model.text(),
    paused_at: model.dateTime(),
    resumed_by: model.text().nullable(),
    resumed_at: model.dateTime().nullable(),
    note: model.text().nullable(),
  })
  .indexes([{ on: ["paused_at"], where: null }])
