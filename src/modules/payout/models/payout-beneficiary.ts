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

/**
 * What a beneficiary said at one time; transfers point at it. Nothing of it changes but the encrypted account,
 * which is filled in where the gateway gives it, and encrypted anew when the key changes; until the person is erased.
 */
export const PayoutBeneficiaryVersion = model
  .define("payout_beneficiary_version", {
    id: model.id({ prefix: "pover" }).primaryKey(),
    beneficiary_id: model.text(),
    version: model.number(),
    name: model.text(),
    kind: model.enum([...beneficiaryKinds]),
    email: model.text().nullable(),
    phone: model.text().nullable(),
    shop_name: model.text().nullable(),
    /** See crypto/accounts.ts; never in the clear. */
    encrypted_account: model.text().nullable(),
    key_id: model.text().nullable(),
    account_hint: model.text().nullable(),
    account_digest: model.text().nullable(),
    bank_digest: model.text().nullable(),
    edited_by: model.text(),
    changed_by: model.json(),
    account_changed_at: model.dateTime().nullable(),
    changed_fields: model.json(),
  })
  .indexes([
    { on: ["beneficiary_id", "version"], unique: true, where: null },
    { on: ["key_id"], where: null },
    // One account in several beneficiaries.
    { on: ["account_digest"], where: null },
  ])
