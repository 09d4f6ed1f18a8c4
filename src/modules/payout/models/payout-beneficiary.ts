import { model } from "@medusajs/framework/utils"
import { beneficiaryKinds, beneficiaryStatuses } from "../domain/beneficiary"

/** The table behind `Beneficiary`: what the newest version says, so that lists need no other table. */
export const PayoutBeneficiary = model
  .define("payout_beneficiary", {
    id: model.id({ prefix: "poben" }).primaryKey(),
    provider_id: model.text(),
    status: model.enum([...beneficiaryStatuses]),
    version: model.number(),
    version_id: model.text(),
    name: model.text().searchable(),
    kind: model.enum([...beneficiaryKinds]),
    email: model.text().searchable().nullable(),
    phone: model.text().nullable(),
    shop_name: model.text().searchable().nullable(),
    account_hint: model.text().searchable().nullable(),
    identity_hints: model.json(),
    reason: model.text().nullable(),
    created_by: model.text(),
    edited_by: model.text(),
    changed_by: model.json(),
    account_changed_at: model.dateTime().nullable(),
    external_id: model.text().searchable().nullable(),
    metadata: model.json().nullable(),
    idempotency_key: model.text().nullable(),
    request_signature: model.text().nullable(),
  })
  .indexes([
    // Nothing equals null, so that only callers' keys and ids are held against each other.
    { on: ["idempotency_key"], unique: true, where: null },
    { on: ["external_id"], unique: true, where: null },
    { on: ["status", "created_at"], where: null },
    { on: ["provider_id", "created_at"], where: null },
    { on: ["kind", "created_at"], where: null },
    { on: ["email"], where: null },
    { on: ["created_at"], where: null },
    { on: ["updated_at"], where: null },
  ])
