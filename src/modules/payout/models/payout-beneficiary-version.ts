import { model } from "@medusajs/framework/utils"
import { beneficiaryKinds } from "../domain/beneficiary"

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
