import { model } from "@medusajs/framework/utils"
import { transferStates } from "../domain/state"
import { delayCauses } from "../domain/transfer"

/**
 * The table behind `Transfer`. What is unique is so among deleted rows too (`where: null`): the gateway still
 * knows a transfer whose row was deleted here. So are the other indexes: to a condition of their own Medusa
 * adds that the row is not deleted, and the statements that they are for do not ask that.
 */
export const PayoutTransfer = model
  .define("payout_transfer", {
    id: model.id({ prefix: "potr" }).primaryKey(),
    reference: model.text().searchable(),
    provider_id: model.text(),
    beneficiary_id: model.text(),
    beneficiary_version_id: model.text(),
    edited_from_version_id: model.text().nullable(),
    // Of that version, so that transfers are found by whom they pay.
    beneficiary_name: model.text().searchable(),
    account_hint: model.text().searchable().nullable(),
    amount: model.bigNumber(),
    currency_code: model.text(),
    purpose: model.text().searchable(),
    status: model.enum([...transferStates]),
    reason: model.text().nullable(),
    delay_reason: model.text().nullable(),
    delay_cause: model.enum([...delayCauses]).nullable(),
    gateway_id: model.text().searchable().nullable(),
    gateway_fee: model.bigNumber().nullable(),
    idempotency_key: model.text(),
    request_fingerprint: model.text(),
    external_id: model.text().searchable().nullable(),
    metadata: model.json().nullable(),
    approval_signature: model.text().nullable(),
    created_by: model.text(),
    approved_by: model.text().nullable(),
    approved_at: model.dateTime().nullable(),
    resolved_by: model.text().nullable(),
    same_as_id: model.text().nullable(),
    first_payment_to: model.text().nullable(),
    retry_of_id: model.text().nullable(),
    import_id: model.text().nullable(),
    import_line: model.number().nullable(),
    batch_id: model.text().nullable(),
    file_id: model.text().nullable(),
    send_at: model.dateTime().nullable(),
    submitted_at: model.dateTime().nullable(),
    lease_expires_at: model.dateTime().nullable(),
    next_check_at: model.dateTime().nullable(),
    checks: model.number().default(0),
    not_found_since: model.dateTime().nullable(),
    reconciled_at: model.dateTime().nullable(),
    made_in: model.text(),
    /** How many events it has: each takes the next place, so that their order is told by more than the clock. */
    events_count: model.number(),
  })
  .indexes([
    { on: ["reference"], unique: true, where: null },
    { on: ["idempotency_key"], unique: true, where: null },
    // Nothing equals null, so that only retries, and callers' ids, are held against each other.
    { on: ["retry_of_id"], unique: true, where: null },
    { on: ["external_id"], unique: true, where: null },
    // What the jobs take: to be sent, to be asked about, and given up on: next_check_at is the lease's end then.
    { on: ["status", "next_check_at"], where: null },
    { on: ["status", "updated_at"], where: null },
    // One payment made twice: what is open, and what was paid lately. What an edit of the beneficiary voids.
    { on: ["beneficiary_id", "status", "updated_at"], where: null },
    // The same to an account that another beneficiary has too.
    { on: ["beneficiary_version_id"], where: null },
    // The day's sum.
    { on: ["currency_code", "approved_at"], where: null },
    // What was sent and not held against its gateway's answer yet.
    { on: ["reconciled_at", "submitted_at"], where: null },
    // The lists of people.
    { on: ["status", "created_at"], where: null },
    { on: ["provider_id", "created_at"], where: null },
    { on: ["currency_code", "created_at"], where: null },
    { on: ["currency_code", "amount"], where: null },
    { on: ["approved_at"], where: null },
    { on: ["created_at"], where: null },
    { on: ["updated_at"], where: null },
    { on: ["created_by", "created_at"], where: null },
    { on: ["approved_by", "created_at"], where: null },
    { on: ["import_id", "import_line"], where: null },
    { on: ["batch_id", "status"], where: null },
    { on: ["file_id", "status"], where: null },
    { on: ["gateway_id"], where: null },
  ])

/** The table behind `TransferEvent`. Rows are only ever added. */
export const PayoutTransferEvent = model
  .define("payout_transfer_event", {
    id: model.id({ prefix: "poev" }).primaryKey(),
    transfer_id: model.text(),
    position: model.number(),
    from_status: model.enum([...transferStates]).nullable(),
    to_status: model.enum([...transferStates]),
    actor: model.text(),
    reason: model.text().nullable(),
    /** One of `src/shared/reasons.ts`; null of a person's own words. */
    reason_code: model.text().nullable(),
    reason_details: model.json().nullable(),
    gateway_code: model.text().nullable(),
    gateway_message: model.text().nullable(),
  })
  .indexes([{ on: ["transfer_id", "position"], unique: true, where: null }])

/** The table behind `GivenApproval`: a person's yes to one transfer. Of a row only `voided_at` ever changes. */
export const PayoutApproval = model
  .define("payout_approval", {
    id: model.id({ prefix: "poapp" }).primaryKey(),
    transfer_id: model.text(),
    approved_by: model.text(),
    actor: model.text(),
    approval_signature: model.text(),
    note: model.text().nullable(),
    voided_at: model.dateTime().nullable(),
  })
  .indexes([{ on: ["transfer_id", "created_at"], where: null }])
