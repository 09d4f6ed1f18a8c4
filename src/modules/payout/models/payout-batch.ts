import { model } from "@medusajs/framework/utils"
import { batchSources } from "../domain/batch"
import { importStatuses } from "../domain/import"

/** The table behind `PayoutBatch`; its transfers name it by `batch_id`. */
export const PayoutBatch = model
  .define("payout_batch", {
    id: model.id({ prefix: "pobat" }).primaryKey(),
    label: model.text().searchable().nullable(),
    source: model.enum([...batchSources]),
    import_id: model.text().nullable(),
    send_at: model.dateTime().nullable(),
    created_by: model.text(),
  })
  .indexes([
    // Nothing equals null, so that only batches of imports are held against each other.
    { on: ["import_id"], unique: true, where: null },
    { on: ["created_by", "created_at"], where: null },
    { on: ["created_at"], where: null },
  ])

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
