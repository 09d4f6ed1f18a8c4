import { model } from "@medusajs/framework/utils"

/** The table behind `BooksWalks`: one row for each provider. */
export const BooksWalk = model
  .define("books_walk", {
    id: model.id({ prefix: "gwbook" }).primaryKey(),
    provider_id: model.text(),
    read_until: model.dateTime(),
    next_at: model.dateTime(),
    again: model.array().nullable(),
  })
  .indexes([{ on: ["provider_id"], unique: true, where: null }])
