import { z } from "zod"
import { digest } from "../../../gateways/shared/digest"
import { decimal, type DecimalString, tryDecimal } from "../../../gateways/shared/money"
import { count, exact, readRow, time } from "../../../shared/database"
import { invalidData } from "../../../shared/errors"
import { mostKey, mostPurpose, readText } from "./input"
import {
  type Metadata,
  metadataRow,
  ownFieldsProblem,
  readOwnFields,
  sortedMetadata,
} from "./own-fields"
import type { Reason } from "./reason"
import { type TransferState, transferStates } from "./state"

/**
 * Why approved transfers wait although their time has come:
 * - `balance`: there is too little at the gateway
 * - `provider`: it is not in the config any more
 * - `key`: the account can't be read
 */
export const delayCauses = ["balance", "provider", "key"] as const

export type DelayCause = (typeof delayCauses)[number]

/** A row of `payout_transfer`: money that is sent to a beneficiary, once. */
const transferRow = z
  .object({
    id: z.string(),
    /** What it is called at the gateway; see `payoutReference`. */
    reference: z.string(),
    provider_id: z.string(),
    beneficiary_id: z.string(),
    /** The version that it was approved for; while it waits for an approval, the newest one. */
    beneficiary_version_id: z.string(),
    /** The name and the account's last places of that version. */
    beneficiary_name: z.string(),
    account_hint: z.string().nullable(),
    /** Where the beneficiary was edited while it waits: the version that it was made, or last approved, with. */
    edited_from_version_id: z.string().nullable(),
    /** Read as `amount`: exact, major units, at the provider's decimals for the currency. */
    raw_amount: exact,
    /** Lower case. */
    currency_code: z.string(),
    purpose: z.string(),
    status: z.enum(transferStates),
    /** Why it has its status. */
    reason: z.string().nullable(),
    /** Why an approved one is not sent although its time has come; null where nothing is known to be in its way. */
    delay_reason: z.string().nullable(),
    /** The same by a code. */
    delay_cause: z.enum(delayCauses).nullable(),
    gateway_id: z.string().nullable(),
    /** Read as `gateway_fee`: major units of the transfer's currency. */
    raw_gateway_fee: exact.nullable(),
    /** The caller's; unique. */
    idempotency_key: z.string(),
    /** Of what the caller asked for: the same key with another request is refused. */
    request_fingerprint: z.string(),
    /** What it is called in the caller's own books; unique where it is given. */
    external_id: z.string().nullable(),
    /** The caller's own; nothing here reads it. */
    metadata: metadataRow,
    /** Of what was approved: provider, account, amount, currency. Checked before it is sent. */
    approval_signature: z.string().nullable(),
    /** An admin's id, also where it was made with a secret API key of theirs; the first event names the key. */
    created_by: z.string(),
    approved_by: z.string().nullable(),
    approved_at: time.nullable(),
    /** Whose word alone says that it has ended as it did; null where the gateway's does, or it has not ended. */
    resolved_by: z.string().nullable(),
    /** Another transfer that looks like the same payment, for which this one waits for a second look. */
    same_as_id: z.string().nullable(),
    /** The version of the beneficiary whose account it would be the first payment to; it waits for a second look. */
    first_payment_to: z.string().nullable(),
    /** The failed one that this one tries again. */
    retry_of_id: z.string().nullable(),
    import_id: z.string().nullable(),
    /** The line of the imported file, the first under the heading is 2. */
    import_line: count.nullable(),
    /** With which others it is approved together. */
    batch_id: z.string().nullable(),
    /** The file that it was taken to the bank in; it is never in another one. */
    file_id: z.string().nullable(),
    /** It is not sent before; null where it is sent once it is approved. */
    send_at: time.nullable(),
    submitted_at: time.nullable(),
    /** Until when whoever sends it is given the time; after it, nobody knows what was sent. */
    lease_expires_at: time.nullable(),
    /** When it is sent or asked about (again); null where nothing is expected any more. */
    next_check_at: time.nullable(),
    /** How often it was asked about since it was sent. */
    checks: count,
    /** Since when the gateway answers that it does not know it. */
    not_found_since: time.nullable(),
    /** When its end was held against what the gateway said of it on a later day; see domain/reconciliation.ts. */
    reconciled_at: time.nullable(),
    /** In which life of the database it was made; see store/transaction.ts. */
    made_in: z.string(),
    created_at: time,
    updated_at: time,
  })
  .transform(({ raw_amount: amount, raw_gateway_fee: gateway_fee, ...row }) => ({
    ...row,
    amount,
    gateway_fee,
  }))

export type Transfer = z.infer<typeof transferRow>

export function toTransfer(row: unknown): Transfer {
  return readRow("payout_transfer", transferRow, row)
}

export type NewTransfer = {
  beneficiary_id: string
  /** Exact, major units; more decimals than the provider has for the currency are refused. */
  amount: string
  /** Any case. */
  currency_code: string
  purpose: string
  /** Without one, each call is a new request. */
  idempotency_key?: string
  /** What it is called in the caller's own books; unique where it is given. */
  external_id?: string | null
  metadata?: Metadata | null
  /** It is not sent before; without it, once it is approved. */
  send_at?: Date
}

/** A row of `payout_transfer_event`: one step of a transfer's life. Rows are only ever added. */
const eventRow = z.object({
  id: z.string(),
  transfer_id: z.string(),
  /** From 1; the order of a transfer's events. */
  position: count,
  /** Null where the transfer was made. */
  from_status: z.enum(transferStates).nullable(),
  to_status: z.enum(transferStates),
  /** An admin's id, a secret API key's, `system` or `gateway`. */
  actor: z.string(),
  reason: z.string().nullable(),
  gateway_code: z.string().nullable(),
  gateway_message: z.string().nullable(),
  created_at: time,
})

export type TransferEvent = z.infer<typeof eventRow>

export function toEvent(row: unknown): TransferEvent {
  return readRow("payout_transfer_event", eventRow, row)
}

/** Whether somebody has to say that they saw what it is held for. */
export function isHeld({
  same_as_id,
  first_payment_to,
}: Pick<Transfer, "same_as_id" | "first_payment_to">): boolean {
  return same_as_id !== null || first_payment_to !== null
}

/** A transfer that is to be written down. */
export type TransferToInsert = Omit<
  Transfer,
  "reason" | "delay_reason" | "delay_cause" | "made_in" | "created_at" | "updated_at"
> & { reason: Reason | null }

/** One transition: what the row becomes, and what its event says. */
export type Step = {
  to: TransferState
  /** An admin's id, a secret API key's, `system` or `gateway`. */
  actor: string
  reason: Reason | null
  /** The gateway's own, as it said them. */
  code?: string
  message?: string
  change?: TransferChange
}

export type TransferChange = Partial<
  Pick<
    Transfer,
    | "beneficiary_version_id"
    | "edited_from_version_id"
    | "approval_signature"
    | "approved_by"
    | "approved_at"
    | "batch_id"
    | "file_id"
    | "send_at"
    | "resolved_by"
    | "same_as_id"
    | "first_payment_to"
    | "submitted_at"
    | "lease_expires_at"
    | "next_check_at"
    | "not_found_since"
    | "gateway_id"
    | "gateway_fee"
    | "checks"
    | "external_id"
    | "metadata"
    | "reconciled_at"
  >
>

/** What goes with a person's yes. */
export type TransferApproval = {
  note?: string
  /** The version of the beneficiary that was looked at. Needed where it was edited since the transfer was made. */
  beneficiary_version_id?: string
  /** The transfer that it looks like, and is not. Needed where it is held for that. */
  same_as_id?: string
  /** The version of the beneficiary that nothing was paid to before. Needed where it is held for that. */
  first_payment_to?: string
}

/** What a person found out about a transfer that asking can't settle. */
export type TransferDecision = {
  outcome: "succeeded" | "failed" | "returned"
  note: string
  gateway_id?: string
}

/** What the caller asks for, read. */
export type TransferRequest = {
  beneficiary_id: string
  amount: DecimalString
  /** As the caller wrote it: `1.500` can be meant as 1500, so that its decimals count as they stand there. */
  written_amount: string
  /** Lower case. */
  currency_code: string
  purpose: string
  /** Null where each call is a new request. */
  idempotency_key: string | null
  external_id: string | null
  metadata: Metadata | null
  retry_of_id: string | null
  send_at: Date | null
}

/** @throws MedusaError invalid_data for what is no request at all, whatever the provider can do */
export function readTransferRequest(
  wanted: NewTransfer,
  retryOfId: string | null = null
): TransferRequest {
  const problem = problemOf(wanted)
  if (problem !== undefined) {
    throw invalidData(problem, { code: "invalid_input", details: { problems: problem } })
  }
  return {
    beneficiary_id: wanted.beneficiary_id,
    amount: decimal(wanted.amount),
    written_amount: wanted.amount,
    currency_code: wanted.currency_code.trim().toLowerCase(),
    purpose: readText(wanted.purpose, "words", mostPurpose).text ?? wanted.purpose,
    idempotency_key: readText(wanted.idempotency_key ?? "", "key", mostKey).text ?? null,
    ...readOwnFields(wanted),
    retry_of_id: retryOfId,
    send_at: wanted.send_at ?? null,
  }
}

/** What is wrong with it, for whoever wrote it; undefined where `readTransferRequest` reads it. */
export function problemOf(wanted: NewTransfer): string | undefined {
  const { beneficiary_id, amount, currency_code, purpose, idempotency_key: key } = wanted
  if (beneficiary_id === "") {
    return "beneficiary_id is missing"
  }
  // A number may have lost digits before it came here.
  if (typeof amount !== "string" || tryDecimal(amount) === undefined) {
    return 'amount must be digits with a point, as a text such as "1500.00"'
  }
  if (!/^[a-z]{3}$/i.test(currency_code.trim())) {
    return "currency_code must be three letters, such as php"
  }
  const ofPurpose = readText(purpose, "words", mostPurpose).problem
  if (ofPurpose !== undefined) {
    return `purpose ${ofPurpose}`
  }
  const ofKey = key === undefined ? undefined : readText(key, "key", mostKey).problem
  return ofKey === undefined ? ownFieldsProblem(wanted) : `idempotency_key ${ofKey}`
}

/** The same for the same request, however its amount and currency are written. */
export function fingerprintOf(request: TransferRequest): string {
  const { beneficiary_id, amount, currency_code, purpose, retry_of_id } = request
  const { external_id, metadata, send_at } = request
  const money = [beneficiary_id, amount, currency_code, purpose, retry_of_id, send_at]
  const text = JSON.stringify([...money, external_id, metadata && sortedMetadata(metadata)])
  return digest("sha256", [text]).toString("hex")
}

const reference = /^P[0-9A-HJKMNP-TV-Z]{26}$/

/**
 * What a transfer is called at its gateway: `P` and a ULID, 27 characters. A payment's reference begins with a
 * ULID, whose first character is a digit, so that the two are told apart wherever both come to one address.
 */
export function payoutReference(ulid: string): string {
  const made = `P${ulid}`
  if (!isPayoutReference(made)) {
    throw new RangeError(`"${ulid}" is no ULID`)
  }
  return made
}

export function isPayoutReference(value: string): boolean {
  return reference.test(value)
}

/** A row of `payout_approval`: one person's yes to a transfer, of which there can have to be two. */
const approvalRow = z.object({
  id: z.string(),
  transfer_id: z.string(),
  /** An admin's id; of a secret API key, who made it. */
  approved_by: z.string(),
  /** The same, or the key itself. */
  actor: z.string(),
  /** Of what was approved; see crypto/approvals.ts. */
  approval_signature: z.string(),
  note: z.string().nullable(),
  /** When it stopped to count, as after an edit of the beneficiary; null while it counts. */
  voided_at: time.nullable(),
  created_at: time,
})

export type GivenApproval = z.infer<typeof approvalRow>

export function toApproval(row: unknown): GivenApproval {
  return readRow("payout_approval", approvalRow, row)
}
