import type { Coded } from "./coded"

/**
 * Why something became of a payout, as the shop's own code writes it down: a code beside the English sentence, and the
 * values that its words name. The dashboard has words for all of them in `src/admin/i18n` (`reasons`). Rows without a code
 * hold a person's own words, or were written by an earlier version: their text is shown.
 */
export const reasons = {
  // why a transfer waits, of its making
  looks_like: ["payment"],
  looks_like_by_account: ["payment", "beneficiary"],
  first_to_account: [],
  looks_like_and_first: ["payment"],

  // what its gateway said
  refused: [],
  said_failed: [],
  came_back: [],
  other_amount: ["said", "told"],
  overruled: ["transfer_state", "outcome"],

  // what could not be found out
  not_reached: [],
  unanswered: [],
  sender_silent: [],
  not_known_yet: [],
  not_known: [],
  sent_again: [],
  still_under_way: [],
  no_news: [],
  not_asked_provider: ["provider"],
  not_asked_key: [],

  // why an approval is void, or nothing is sent
  nobody_approved: ["days"],
  approval_over: [],
  beneficiary_edited: ["version"],
  beneficiary_edited_since: [],
  beneficiary_not_active: ["beneficiary_state"],
  beneficiary_disabled: [],
  account_changed: ["changed_at", "ends_at"],
  account_changed_elsewhere: ["changed_at", "ends_at"],
  over_limit: ["amount", "most"],
  not_as_approved: [],
  approval_key_missing: ["key"],
  account_unreadable: [],
  paused: ["person"],
  tried_one_paid: ["reference", "outcome"],
  tried_one_on_statement: ["reference", "statement"],
  sent_before_restore: ["provider"],
  sent_before_pause: ["provider"],
  sent_before_late: ["provider"],
  workflow_failed: [],

  // files for a bank and statements
  in_file: ["file"],
  on_statement: ["statement"],
  on_statement_booked: ["statement", "day"],
  file_digest: ["digest"],
  statement_contradicts: ["reference", "statement"],

  // audit lines of transfers and batches
  put_into_batch: ["batch"],
  put_into_batch_for: ["batch", "time"],
  batch_approved: ["sums", "approved", "first", "left"],
  batch_rejected: ["sums", "ended"],
  batch_withdrawn: ["sums", "ended"],
  person_had_said: ["person", "transfer_state"],
  gateway_said: ["outcome"],
  gateway_said_after_refusal: ["outcome"],
  gateway_said_after_person: ["outcome", "person", "transfer_state"],
  state_differs: ["transfer_state", "outcome"],
  fee_differs: ["fee", "fee_before"],
  own_fields: ["changes"],

  // audit lines of beneficiaries
  same_account: ["beneficiaries"],
  version: ["version"],
  version_changed: ["version", "fields"],
  version_unchanged: ["version"],
  had_state: ["beneficiary_state"],
  customer_linked: ["customer"],
  customer_unlinked: ["customer"],
  customer_changed: ["customer_before", "customer"],
  kept_for_payments: [],
} as const

export type ReasonCode = keyof typeof reasons

export const reasonCodes = Object.keys(reasons) as ReasonCode[]

/** The code of a reason, with the values of its words where they have some. */
export type CodedReason = Coded<typeof reasons>
