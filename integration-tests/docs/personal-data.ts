/** What each column of this package's tables may say of a person, how long it is kept, and the table of it for the docs. */
import { narrowTable } from "./markdown-table"

/**
 * - `nothing`: money, states, times, the shop's and the gateway's numbers of payments
 * - `pseudonym`: an id of Medusa's that leads to a customer, a cart or an order
 * - `person`: who a customer or a payee is
 * - `staff`: the id of an admin or an API key
 * - `words`: what people of the shop wrote, which can name anybody
 * - `gateway`: what a gateway wrote, with what is personal in it masked
 */
export const dataKinds = ["nothing", "pseudonym", "person", "staff", "words", "gateway"] as const

type DataKind = (typeof dataKinds)[number]

export type ClassifiedTable = {
  kept: string
  /** What `eraseCustomerDataWorkflow` does with it; absent where nothing in it is a customer's. */
  erasure?: string
} & Partial<Record<DataKind, readonly string[]>>

const books = "with the books: without an end"

/** Every table, with each of its columns once. Those that Medusa adds to every table are left out. */
export const classification: Readonly<Record<string, ClassifiedTable>> = {
  gateway_order: {
    kept: books,
    erasure:
      "`customer_id`, `candidate_ids` and of `details` what was for the shopper (where to pay, where to come back to) go",
    nothing: [
      "reference provider_id requested_amount amount currency_code state raw_status gateway_id answers expires_at",
      "asked_at session_released_at awaiting_payment_since next_check_at checks",
    ],
    pseudonym: ["session_id payment_collection_id cart_id customer_id attached_session_id"],
    gateway: ["candidate_ids details"],
  },
  gateway_operation: {
    kept: books,
    erasure: "nothing: it names nobody",
    nothing: [
      "reference order_reference kind amount currency_code state exception_id gateway_id gateway_code made_elsewhere",
      "lease_expires_at next_check_at checks",
    ],
    pseudonym: ["medusa_id"],
    gateway: ["gateway_message"],
  },
  received_money: {
    kept: books,
    nothing: ["provider_id gateway_id order_reference amount currency_code"],
  },
  webhook_event: {
    kept:
      "`body` for the option `webhookRetentionDays` (90 days); the row with the books, or for `unprovenWebhookRetentionDays` " +
      "(14 days) where nobody proved who sent it",
    erasure: "`body` goes",
    nothing: [
      "provider_id event_key reference currency_code raw_status gateway_id is_later claimed_amount state attempts",
      "next_try_at claimed_until claimed_by outcome error traceparent",
    ],
    pseudonym: ["session_id"],
    gateway: ["body"],
  },
  payment_exception: {
    kept: books,
    erasure: "`customer_id` goes once it is settled; `note` stays: it says why money was moved",
    nothing: [
      "provider_id reference gateway_id kind amount currency_code received_amount expected_amount",
      "expected_currency_code state taken_until settled_at told_at",
    ],
    pseudonym: ["cart_id customer_id session_id order_id payment_id"],
    staff: ["taken_by settled_by"],
    words: ["note"],
  },
  order_payment_request: {
    kept: books,
    erasure: "nothing: it leads to the order alone",
    nothing: ["provider_id purpose reference"],
    pseudonym: ["order_id payment_collection_id session_id"],
  },
  till_sale: {
    kept: books,
    erasure: "nothing: it leads to the order alone",
    nothing: ["idempotency_key provider_id is_own_draft state attempts problem"],
    pseudonym: ["order_id session_id"],
    staff: ["opened_by"],
  },
  gateway_audit_line: {
    kept: "without an end: who moved money, and who exported or erased whose data",
    erasure: "nothing",
    nothing: ["action"],
    pseudonym: ["subject_id"],
    staff: ["actor"],
    words: ["note"],
  },
  gateway_provider_health: {
    kept: "the last of each",
    nothing: [
      "provider_id checked_at check_outcome check_code checked_options clock_ahead_ms failed_at failed_call failure_code",
      "last_message_at last_verified_at last_refused_at recent_messages",
    ],
    staff: ["checked_by"],
    gateway: ["check_message failure_message"],
  },
  reconciliation_run: {
    kept: "30 days",
    nothing: [
      "started_at ended_at checked settled failed unmatched chargebacks errors given_up error",
    ],
  },
  gateway_cursor: { kept: "the last of each", nothing: ["list provider_id place next_at"] },
  gateway_lease: {
    kept: "seconds",
    nothing: ["key owner takeovers expires_at"],
  },
  gateway_access_token: {
    kept: "until it expires; encrypted under the account's own secret",
    nothing: ["key encrypted expires_at"],
  },
  gateway_host_pause: { kept: "seconds to minutes", nothing: ["origin until last_reason"] },
  gateway_pace: { kept: "the last of each", nothing: ["provider_id free_at"] },
  payout_beneficiary: {
    kept: "until they are erased",
    erasure:
      "they are disabled, and everything personal goes; `name` and `account_hint` stay where a transfer was sent to them as they are now",
    nothing: [
      "provider_id status version version_id kind account_changed_at idempotency_key request_signature",
    ],
    pseudonym: ["external_id"],
    person: ["name email phone shop_name account_hint identity_hints"],
    staff: ["created_by edited_by changed_by"],
    words: ["reason metadata"],
  },
  payout_beneficiary_version: {
    kept: "until they are erased; what a transfer was sent to, with the books",
    erasure:
      "`email`, `phone` and `shop_name` go; name and account, too, where no transfer names the version",
    nothing: ["version kind key_id account_changed_at changed_fields"],
    pseudonym: ["beneficiary_id"],
    person: [
      "name email phone shop_name encrypted_account account_hint account_digest bank_digest",
    ],
    staff: ["edited_by changed_by"],
  },
  payout_transfer: {
    kept: books,
    erasure: "nothing: it is a payment that was made",
    nothing: [
      "reference provider_id amount currency_code status delay_reason delay_cause gateway_id gateway_fee idempotency_key",
      "request_fingerprint approval_signature approved_at same_as_id retry_of_id import_id import_line batch_id file_id",
      "send_at submitted_at lease_expires_at next_check_at checks not_found_since reconciled_at made_in events_count",
    ],
    pseudonym: [
      "beneficiary_id beneficiary_version_id edited_from_version_id first_payment_to external_id",
    ],
    person: ["beneficiary_name account_hint"],
    staff: ["created_by approved_by resolved_by"],
    words: ["purpose reason metadata"],
  },
  payout_transfer_event: {
    kept: books,
    nothing: ["transfer_id position from_status to_status gateway_code reason_code"],
    staff: ["actor"],
    words: ["reason reason_details"],
    gateway: ["gateway_message"],
  },
  payout_approval: {
    kept: books,
    nothing: ["transfer_id approval_signature voided_at"],
    staff: ["approved_by actor"],
    words: ["note"],
  },
  payout_audit_line: {
    kept: "without an end: who saw an account, and who decided what",
    erasure: "nothing",
    nothing: ["action note_code"],
    pseudonym: ["subject_id"],
    staff: ["actor"],
    words: ["note note_details"],
  },
  payout_batch: {
    kept: books,
    nothing: ["source import_id send_at"],
    staff: ["created_by"],
    words: ["label"],
  },
  payout_file: {
    kept: books,
    erasure: "nothing: it is what the bank was given, encrypted",
    nothing: [
      "batch_id provider_id currency_code number message_id format file_name media_type digest count control_sum",
      "execution_date key_id",
    ],
    person: ["encrypted_content"],
    staff: ["created_by"],
  },
  payout_import: {
    kept: books,
    erasure: "nothing: the file itself is not kept",
    nothing: ["digest lines_digest round status allow_partial total checked made known"],
    staff: ["created_by"],
    words: ["file_name problems"],
  },
  payout_statement: {
    kept: books,
    erasure: "nothing: the statement itself is not kept",
    nothing: ["provider_id digest bank_ids settled known others bookings"],
    staff: ["created_by"],
    words: ["file_name told"],
  },
  payout_pause: {
    kept: books,
    nothing: ["paused_at resumed_at"],
    staff: ["paused_by resumed_by"],
    words: ["reason note"],
  },
  payout_daily_run: { kept: books, nothing: ["kind day started_at ended_at outcome"] },
}

/** The columns of a table that are of one kind. */
export function columnsOf(table: ClassifiedTable, kind: DataKind): string[] {
  return (table[kind] ?? []).flatMap((line) => line.split(" "))
}

const titles: Readonly<Record<Exclude<DataKind, "nothing">, string>> = {
  person: "who they are",
  pseudonym: "ids that lead to them",
  gateway: "a gateway's words",
  words: "your people's words",
  staff: "your people",
}

/** A row for each table that says anything of anybody. */
export function personalDataTable(): string {
  const rows = Object.entries(classification)
    .filter(([, table]) => dataKinds.some((kind) => kind !== "nothing" && table[kind]))
    .map(([name, table]) => {
      const said = personalKinds.flatMap((kind) => {
        const columns = columnsOf(table, kind).map((column) => `\`${column}\``)
        return columns.length > 0 ? [`${titles[kind]}: ${columns.join(", ")}`] : []
      })
      return [`\`${name}\``, said.join("; "), table.kept, table.erasure ?? "nothing of customers"]
    })
  return narrowTable(["table", "what it says of whom", "kept", "at an erasure"], rows)
}

const personalKinds = ["person", "pseudonym", "gateway", "words", "staff"] as const
