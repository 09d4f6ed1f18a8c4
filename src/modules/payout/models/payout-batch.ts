import { model } from "@medusajs/framework/utils"
import { batchSources } from "../domain/batch"

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
