import { model } from "@medusajs/framework/utils"

/** The table behind `PayoutFile`; its transfers name it by `file_id`. Nothing of it changes but the key it is encrypted with. */
export const PayoutFile = model
  .define("payout_file", {
    id: model.id({ prefix: "pofil" }).primaryKey(),
    batch_id: model.text(),
    provider_id: model.text(),
    currency_code: model.text(),
    number: model.number(),
    message_id: model.text().searchable(),
    format: model.text(),
    file_name: model.text().searchable(),
    media_type: model.text(),
    digest: model.text(),
    count: model.number(),
    control_sum: model.bigNumber(),
    execution_date: model.text(),
    /** See crypto/encryption.ts: it holds the payees' accounts. */
    encrypted_content: model.text(),
    key_id: model.text(),
    created_by: model.text(),
  })
  .indexes([
    { on: ["batch_id", "provider_id", "currency_code", "number"], unique: true, where: null },
    { on: ["message_id"], unique: true, where: null },
    { on: ["provider_id", "created_at"], where: null },
    { on: ["key_id"], where: null },
    { on: ["created_at"], where: null },
  ])

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
