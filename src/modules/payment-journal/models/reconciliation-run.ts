import { model } from "@medusajs/framework/utils"

/** The table of the reconciliation's runs; for its counts see `RunCounts`. */
export const ReconciliationRun = model
  .define("reconciliation_run", {
    id: model.id({ prefix: "gwrec" }).primaryKey(),
    started_at: model.dateTime(),
    /** Null while it is at work, or where its server died. */
    ended_at: model.dateTime().nullable(),
    checked: model.number(),
    settled: model.number(),
    failed: model.number(),
    unmatched: model.number(),
    chargebacks: model.number().default(0),
    errors: model.number(),
    given_up: model.number(),
    /** What the last error said; nothing secret. */
    error: model.text().nullable(),
  })
  .indexes([{ on: ["started_at"], where: null }])
