import type { Coded } from "./coded"

/**
 * Why a call was refused, by a code for words in other languages than the message's, and the values that these words
 * name. The dashboard has them in `src/admin/i18n` (`refusals`); one that has none shows the message.
 */
export const refusals = {
  // of everything
  not_found: [],
  invalid_input: ["problems"],
  note_missing: [],
  key_used: [],
  provider_gone: ["provider"],
  external_id_taken: ["external_id"],
  database_busy: [],

  // of transfers
  transfer_state: ["reference", "transfer_state"],
  not_a_person: [],
  not_an_approver: [],
  made_it: [],
  admin_since: [],
  last_editor: [],
  changed_what_is_sent: [],
  beneficiary_not_active: [],
  cooling_off: [],
  approved_it: [],
  limit: ["problems"],
  no_beneficiary: [],
  no_provider: [],
  currency_not_sent: [],
  edited: [],
  held: [],
  sent_later: ["reference", "time"],
  time_over: [],
  asked_first: ["reference"],
  nobody_to_ask: ["reference"],
  outcome_told: ["provider", "transfer_state"],
  outcome_under_way: ["provider"],
  outcome_fresh: [],
  retried: ["reference", "retry"],
  retry_paid: ["reference", "provider"],
  retry_unanswered: ["reference", "provider"],
  retry_on_statement: ["reference"],
  retry_news: ["reference"],

  // of sending
  sending_paused: ["time", "reason"],
  sending_not_paused: [],
  may_not_resume: [],
  no_balance: ["provider"],
  balance_unanswered: ["provider"],

  // of beneficiaries
  beneficiary_disabled: [],
  beneficiary_decided: ["beneficiary_state"],
  account_unknown: [],
  account_unreadable: [],
  encryption_key_missing: [],

  // of batches, imports, files for a bank and statements
  batch_changed: [],
  batch_over: [],
  in_a_batch: ["reference"],
  approved_for_another_time: ["reference"],
  import_known: ["time"],
  import_over: [],
  import_under_way: [],
  file_of_nothing: ["problems"],
  file_unchecked: [],
  file_altered: ["file"],
  file_failed: ["file"],
  file_changed: ["file"],
  file_fresh: ["file"],
  statement_changed: [],
  statement_unreadable: ["problems"],

  // of payment exceptions
  exception_taken: ["name"],
  exception_settled: ["name", "exception_state"],
  no_money: [],
  refund_payment: [],
  no_refunds: [],
  other_currency: [],
  only_whole: [],
  reserves_first: [],
  refund_begun: [],
  not_paid: [],
  to_be_given_back: [],
  on_top: [],
  amount_changed: [],
  attached_elsewhere: [],
  not_booked: [],

  // of orders and the till
  check_unanswered: ["gateway", "reference"],
  charge_unsettled: [],
  placed_on_code: [],
  paid_meanwhile: [],
  order_being_changed: [],
  order_deleted: [],
  order_in_edit: [],
  due_changed: ["due"],
  sale_elsewhere: [],
  sale_not_set_aside: ["sale_state"],
  sale_over: ["sale_state"],
  currency_not_taken: ["gateway", "currency"],
  too_exact: ["gateway", "currency", "decimals"],
} as const

export type RefusalCode = keyof typeof refusals

/** The code of a refusal, with the values of its words where they have some. */
export type Why = Coded<typeof refusals>
