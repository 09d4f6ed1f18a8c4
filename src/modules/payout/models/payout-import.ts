import { model } from "@medusajs/framework/utils"
import { importStatuses } from "../domain/import"

/** The table behind `PayoutImport`; the same lines are imported once in a round, whoever sends them. */
export const PayoutImport = model
  .define("payout_import", {
    id: model.id({ prefix: "poimp" }).primaryKey(),
    file_name: model.text().searchable().nullable(),
    digest: model.text(),
    lines_digest: model.text(),
    round: model.number(),
    status: model.enum([...importStatuses]),
    allow_partial: model.boolean(),
    total: model.number(),
    checked: model.number(),
    made: model.number(),
    problems: model.json(),
    known: model.json(),
    created_by: model.text(),
  })
  .indexes([
    { on: ["lines_digest", "round"], unique: true, where: null },
    { on: ["digest"], where: null },
    { on: ["status", "created_at"], where: null },
    { on: ["created_by", "created_at"], where: null },
    { on: ["created_at"], where: null },
  ])
