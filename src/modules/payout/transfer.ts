import type { TransferState } from "./transfer-state"

/** Money that is sent to a beneficiary, once. */
export type Transfer = {
  id: string
  /** What it is called at the gateway; see payout-reference.ts. */
  reference: string
  provider_id: string
  beneficiary_id: string
  /** The version that it was approved for; while it waits for an approval, the newest one. */
  beneficiary_version_id: string
  /** Where the beneficiary was edited while it waits: the version that it was made, or last approved, with. */
  edited_from_version_id: string | null
  /** Exact, major units, at the provider's places for the currency. */
  amount: string
  /** Lower case. */
  currency_code: string
  purpose: string
  status: TransferState
  /** Why it has its status. */
  reason: string | null
  gateway_id: string | null
  /** Major units of the transfer's currency. */
  gateway_fee: string | null
  /** The caller's; unique. */
  idempotency_key: string
  /** Of what the caller asked for: the same key with another wish is refused. */
  request_fingerprint: string
  /** Of what was approved: provider, account, amount, currency. Checked before it is sent. */
  approval_seal: string | null
  /** An admin's id, also where it was made with a secret API key of his; the first event names the key. */
  created_by: string
  approved_by: string | null
  approved_at: Date | null
  /** Another transfer that looks like the same payment, for which this one waits for a second look. */
  same_as_id: string | null
  /** The failed one that this one tries again. */
  retry_of_id: string | null
  import_id: string | null
  /** The line of the imported file, the first under the heading is 2. */
  import_line: number | null
  submitted_at: Date | null
  /** Until when whoever sends it is given the time; after it, nobody knows what was sent. */
  lease_expires_at: Date | null
  /** When it is sent or asked about (again); null where nothing is expected any more. */
  next_check_at: Date | null
  /** How often it was asked about since it was sent. */
  checks: number
  /** Since when the gateway answers that it does not know it. */
  not_found_since: Date | null
  created_at: Date
  updated_at: Date
}

export type NewTransfer = {
  beneficiary_id: string
  /** Exact, major units; more places than the provider has for the currency are refused. */
  amount: string
  /** Any case. */
  currency_code: string
  purpose: string
  /** Without one, each call is a new wish. */
  idempotency_key?: string
}

/** One step of a transfer's life. Rows are only ever added. */
export type TransferEvent = {
  id: string
  transfer_id: string
  /** From 1; the order of a transfer's events. */
  position: number
  /** Null where the transfer was made. */
  from_status: TransferState | null
  to_status: TransferState
  /** An admin's id, a secret API key's, `system` or `gateway`. */
  actor: string
  reason: string | null
  gateway_code: string | null
  gateway_message: string | null
  created_at: Date
}

/** What goes with a person's yes. */
export type TransferApproval = {
  note?: string
  /** The version of the beneficiary that was looked at. Needed where it was edited since the transfer was made. */
  beneficiary_version_id?: string
}

/** What a person found out about a transfer that asking can't settle. */
export type TransferDecision = {
  outcome: "succeeded" | "failed" | "returned"
  note: string
  gateway_id?: string
}
