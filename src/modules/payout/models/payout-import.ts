import { model } from "@medusajs/framework/utils"
import { importStatuses } from "../domain/import"

/** The table behind `PayoutImport`; the same content is imported once, whoever sends it. */
export const PayoutImport = model
  .define("payout_import", {
    id: model.id({ prefix: "poimp" }).primaryKey(),
    file_name: model.text().searchable().nullable(),
    digest: model.text(),
    status: model.enum([...importStatuses]),
    allow_partial: model.boolean(),
    total: model.number(),
    checked: model.number(),
    made: model.number(),
    problems: model.json(),
    created_by: model.text(),
  })
  .indexes([
    { on: ["digest"], unique: true, where: null },
    { on: ["status", "created_at"], where: null },
    { on: ["created_by", "created_at"], where: null },
    { on: ["created_at"], where: null },
  ])
