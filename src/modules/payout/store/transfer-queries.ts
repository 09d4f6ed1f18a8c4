import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { decimal, type DecimalString } from "../../../gateways/shared/money"
import {
  advisoryKey,
  type AmountRange,
  type OneOrMore,
  type TimeRange,
  within,
} from "../../../shared/database"
import { type DayAmount, DayTotals } from "../domain/day-totals"
import { type EarlierPayment, openStates, paidStates } from "../domain/duplicates"
import { countedStates, type TransferState } from "../domain/state"
import { type DelayCause, toTransfer, type Transfer } from "../domain/transfer"
import { voidApprovals } from "./approvals"
import type { PayoutTransaction } from "./transaction"
import { transferTable } from "./transfers"

export async function hasTransfers(database: Knex): Promise<boolean> {
  return (await database(transferTable).select("id").first()) !== undefined
}

/**
 * Approved ones whose time has come, the longest due first, those of one time as they were made: where the balance is not
 * enough for all, that decides which are paid. They are taken one by one when they are sent.
 *
 * @param paidByFile the providers whose transfers a person sends
 */
export async function dueToSend(
  database: Knex,
  now: Date,
  limit: number,
  paidByFile: readonly string[]
): Promise<Transfer[]> {
  const rows = await database(transferTable)
    .where({ status: "approved" })
    .whereNotIn("provider_id", paidByFile)
    .where("next_check_at", "<=", now)
    .orderBy(["next_check_at", "id"])
    .limit(limit)
  return rows.map(toTransfer)
}

type TransferDelay = { until: Date; reason: string; cause: DelayCause }

/**
 * Has all approved ones of a provider in a currency wait whose time has come.
 *
 * @returns whether they are the first that wait for that reason: it is told once
 */
export async function delayAllApproved(
  database: Knex,
  { provider_id, currency_code }: Pick<Transfer, "provider_id" | "currency_code">,
  { until, reason, cause }: TransferDelay
): Promise<boolean> {
  const approved = { status: "approved", provider_id, currency_code }
  const known = await database(transferTable)
    .where({ ...approved, delay_reason: reason })
    .first()
  const delayed = await database(transferTable)
    .where(approved)
    .where("next_check_at", "<", until)
    .update({ next_check_at: until, delay_reason: reason, delay_cause: cause })
  return known === undefined && delayed > 0
}

/** What is being sent at this moment, and whose answer is out; major units. */
export async function sumBeingSent(
  database: Knex,
  { provider_id, currency_code }: Pick<Transfer, "provider_id" | "currency_code">
): Promise<DecimalString> {
  const row = await database(transferTable)
    .where({ status: "submitting", provider_id, currency_code })
    // As text: a shop can have told the driver to turn numeric into floats.
    .select({ sum: database.raw("coalesce(sum(amount), 0)::text") })
    .first()
  return decimal(row?.sum ?? "0")
}

export async function postponeSending(database: Knex, id: string, until: Date): Promise<void> {
  await database(transferTable).where({ id, status: "approved" }).update({ next_check_at: until })
}

/**
 * Has an approved one wait.
 *
 * @returns whether it is the first of its provider's that waits for that reason: it is told once
 */
export async function delaySending(
  database: Knex,
  { id, provider_id }: Pick<Transfer, "id" | "provider_id">,
  { until, reason, cause }: TransferDelay
): Promise<boolean> {
  const waiting = { status: "approved", provider_id, delay_reason: reason }
  return await database.transaction(
    async (query) => {
      // Of several that begin to wait at once, each looks for the ones before it.
      await query.raw("select pg_advisory_xact_lock(?)", [
        advisoryKey("delayed payouts", provider_id),
      ])
      const { rows } = await query.raw<{ rows: { is_first: boolean }[] }>(
        `with waiting as (select 1 from ${transferTable} where status = :status and provider_id = :provider_id
           and delay_reason = :delay_reason limit 1)
         update ${transferTable} set next_check_at = :until, delay_reason = :delay_reason,
           delay_cause = :cause where id = :id and status = :status returning not exists (select 1 from waiting) as is_first`,
        { ...waiting, id, until, cause }
      )
      return rows.some(({ is_first }) => is_first)
    },
    // What was committed while we waited for the lock must be seen.
    { isolationLevel: "read committed" }
  )
}

/**
 * Locked, those that have been waiting for an approval since before `since`, those for a later day since that day; what
 * another holds is skipped.
 */
export async function lockUnapproved(
  query: Knex.Transaction,
  since: Date,
  limit: number
): Promise<Transfer[]> {
  const waiting = query(transferTable)
    .where({ status: "awaiting_approval" })
    .where("updated_at", "<", since)
    .orderBy("updated_at")
  return await lockDueBefore(waiting, since, limit)
}

/** Locked, those that were approved, and were to be sent, before `since`; what another holds is skipped. */
export async function lockApprovedBefore(
  query: Knex.Transaction,
  since: Date,
  limit: number
): Promise<Transfer[]> {
  const approved = query(transferTable)
    .where({ status: "approved" })
    .where("approved_at", "<", since)
    .orderBy("id")
  return await lockDueBefore(approved, since, limit)
}

/** Of these, those that are not for a day after `since`. */
async function lockDueBefore(
  transfers: Knex.QueryBuilder,
  since: Date,
  limit: number
): Promise<Transfer[]> {
  const rows: unknown[] = await transfers
    .where((query) => query.whereNull("send_at").orWhere("send_at", "<", since))
    .limit(limit)
    .forUpdate()
    .skipLocked()
  return rows.map(toTransfer)
}

/**
 * What only a person can bring on: what asking can't settle, and what is held because it looks like another one, or is
 * the first payment to an account. Of each so many, those first that came to it last.
 */
export async function waitingForPerson(database: Knex, limit: number): Promise<Transfer[]> {
  const lastFirst = (status: TransferState) =>
    database(transferTable)
      .where({ status })
      .orderBy([
        { column: "updated_at", order: "desc" },
        { column: "id", order: "desc" },
      ])
      .limit(limit)
  const unsettled = await lastFirst("manual_review")
  const held = await lastFirst("awaiting_approval").where((either) =>
    either.whereNotNull("same_as_id").orWhereNotNull("first_payment_to")
  )
  return [...unsettled, ...held].map(toTransfer)
}

/**
 * Those that wait for an approval point at the beneficiary's newest version from now on, and keep in mind the one
 * that they were made, or last approved, with. It does not put off when they expire.
 */
export async function pointWaitingAt(
  { query, now }: PayoutTransaction,
  beneficiaryId: string,
  version: Pick<
    Transfer,
    "beneficiary_version_id" | "beneficiary_name" | "account_hint" | "first_payment_to"
  >
): Promise<void> {
  const waiting = { beneficiary_id: beneficiaryId, status: "awaiting_approval" }
  // The first of two was given for what it said before.
  const ids: string[] = await query(transferTable).where(waiting).pluck("id")
  await voidApprovals(query, now, ids)
  await query(transferTable)
    .where(waiting)
    .update({
      edited_from_version_id: query.raw("coalesce(edited_from_version_id, beneficiary_version_id)"),
      ...version,
    })
}

/** Those that point at the version show its account, which its gateway has told only now. */
export async function showAccount(
  query: Knex.Transaction,
  versionId: string,
  accountHint: string | null
): Promise<void> {
  await query(transferTable)
    .where({ beneficiary_version_id: versionId })
    .update({ account_hint: accountHint })
}

/** Locked, by their ids. */
export async function lockApprovedOf(
  query: Knex.Transaction,
  beneficiaryId: string
): Promise<Transfer[]> {
  const rows = await query(transferTable)
    .where({ beneficiary_id: beneficiaryId, status: "approved" })
    .orderBy("id")
    .forUpdate()
  return rows.map(toTransfer)
}

/**
 * Transfers to these beneficiaries or accounts that may be the same payment as a new one: those that are open, and those
 * that were paid, or that a person alone says were not, and took any step since then; the newest last. A row's
 * `updated_at` is its last step, so that what was made, approved or submitted since then is among them.
 */
export async function possibleDuplicates(
  database: Knex,
  beneficiaryIds: readonly string[],
  accountDigests: readonly string[],
  since: Date
): Promise<EarlierPayment[]> {
  const withAccount = database("payout_beneficiary_version")
    .select("id")
    .whereIn("account_digest", accountDigests)
  const rows = await database(transferTable)
    .where((payee) =>
      payee
        .whereIn("beneficiary_id", beneficiaryIds)
        .orWhereIn("beneficiary_version_id", withAccount)
    )
    .where((either) =>
      either
        .whereIn("status", openStates)
        .orWhere((lately) => lately.whereIn("status", paidStates).where("updated_at", ">", since))
        .orWhere((doubtful) => doubtful.whereNotNull("resolved_by").where("updated_at", ">", since))
    )
    .orderBy(["created_at", "id"])
  const transfers = rows.map(toTransfer)
  const versions = await database("payout_beneficiary_version")
    .whereIn("id", [...new Set(transfers.map(({ beneficiary_version_id: id }) => id))])
    .select("id", "account_digest")
  const digests = new Map(versions.map(({ id, account_digest }) => [id, account_digest]))
  return transfers.map((transfer) => {
    const digest: string | null | undefined = digests.get(transfer.beneficiary_version_id)
    return { ...transfer, account_digests: digest ? [digest] : [] }
  })
}

/** Those of these providers that were sent then and not held against their gateway's answer yet, behind `after`. */
export async function toReconcile(
  database: Knex,
  sent: { providerIds: readonly string[]; since: Date; until: Date; after: Transfer | undefined },
  limit: number
): Promise<Transfer[]> {
  const { providerIds, since, until, after } = sent
  const query = database(transferTable)
    .whereNull("reconciled_at")
    .where("submitted_at", ">=", since)
    .where("submitted_at", "<", until)
    .whereIn("provider_id", providerIds)
    .orderBy(["submitted_at", "id"])
    .limit(limit)
  if (after) {
    query.whereRaw("(submitted_at, id) > (?, ?)", [after.submitted_at ?? since, after.id])
  }
  const rows = await query
  return rows.map(toTransfer)
}

/** What was approved since then in these currencies and left, or may have, or will. */
export async function readDayTotals(
  database: Knex,
  currencyCodes: readonly string[],
  since: Date
): Promise<DayTotals> {
  const rows: (Omit<DayAmount, "account_digests"> & { account_digest: string | null })[] =
    await database({ transfer: transferTable })
      .join(
        { version: "payout_beneficiary_version" },
        "version.id",
        "transfer.beneficiary_version_id"
      )
      .whereIn("transfer.currency_code", currencyCodes)
      .whereIn("transfer.status", countedStates)
      .where("transfer.approved_at", ">=", since)
      .groupBy("currency_code", "created_by", "transfer.beneficiary_id", "account_digest")
      .select("currency_code", "created_by", "transfer.beneficiary_id", "account_digest")
      // As text: a shop can have told the driver to turn numeric into floats.
      .select({ amount: database.raw("sum(amount)::text") })
  return new DayTotals(
    rows.map(({ account_digest, ...row }) => ({
      ...row,
      account_digests: account_digest === null ? [] : [account_digest],
    }))
  )
}

/** As the list of transfers is filtered. */
export type TransferFilters = {
  /** Words, each of which stands in one of the columns that are searched. */
  q?: string
  id?: OneOrMore<string>
  reference?: OneOrMore<string>
  provider_id?: OneOrMore<string>
  beneficiary_id?: OneOrMore<string>
  status?: OneOrMore<TransferState>
  currency_code?: OneOrMore<string>
  gateway_id?: OneOrMore<string>
  external_id?: OneOrMore<string>
  idempotency_key?: OneOrMore<string>
  import_id?: OneOrMore<string>
  batch_id?: OneOrMore<string>
  file_id?: OneOrMore<string>
  /** Whether they wait for a second look. */
  held?: boolean
  retry_of_id?: OneOrMore<string>
  created_by?: OneOrMore<string>
  approved_by?: OneOrMore<string>
  created_at?: TimeRange
  updated_at?: TimeRange
  approved_at?: TimeRange
  /** Major units. */
  amount?: AmountRange
}

type TransferTotal = {
  status: TransferState
  currency_code: string
  count: number
  /** Exact, major units. */
  amount: string
  /** What the gateways took besides, as far as they tell it. */
  fees: string
}

export type TransferTotals = {
  totals: TransferTotal[]
  by_provider: (TransferTotal & { provider_id: string })[]
}

/** Those that the model calls searchable. */
const searched = [
  "reference",
  "beneficiary_name",
  "account_hint",
  "purpose",
  "gateway_id",
  "external_id",
]

/** What transfers add up to, by status and currency, and so for each provider; what no transfer is in has no line. */
export async function transferTotals(
  database: Knex,
  filters: TransferFilters
): Promise<TransferTotals> {
  const rows: (TransferTotal & { provider_id: string | null })[] = await matchingTransfers(
    database,
    filters
  )
    .groupByRaw("grouping sets ((status, currency_code), (provider_id, status, currency_code))")
    .orderBy(["provider_id", "status", "currency_code"])
    .select("provider_id", "status", "currency_code")
    .select(
      database.raw("count(*)::int as count"),
      database.raw("sum(amount)::text as amount"),
      database.raw("coalesce(sum(gateway_fee), 0)::text as fees")
    )
  const sums: TransferTotals = { totals: [], by_provider: [] }
  for (const { provider_id, ...total } of rows) {
    if (provider_id === null) {
      sums.totals.push(total)
    } else {
      sums.by_provider.push({ provider_id, ...total })
    }
  }
  return sums
}

/** The query of what the filters let through, to be told what to select. */
export function matchingTransfers(
  database: Knex,
  { q, created_at, updated_at, approved_at, amount, held, ...values }: TransferFilters
): Knex.QueryBuilder {
  const query = database("payout_transfer").whereNull("deleted_at")
  for (const [column, value] of Object.entries(values)) {
    if (value !== undefined) {
      query.whereIn(column, [value].flat())
    }
  }
  if (held === true) {
    query
      .where({ status: "awaiting_approval" })
      .where((either) => either.whereNotNull("same_as_id").orWhereNotNull("first_payment_to"))
  } else if (held === false) {
    query.where((not) =>
      not
        .whereNot({ status: "awaiting_approval" })
        .orWhere((neither) => neither.whereNull("same_as_id").whereNull("first_payment_to"))
    )
  }
  within(query, "created_at", created_at)
  within(query, "updated_at", updated_at)
  within(query, "approved_at", approved_at)
  within(query, "amount", amount)
  for (const word of q?.split(/\s+/).filter(Boolean) ?? []) {
    query.where((either) => searched.forEach((column) => either.orWhereILike(column, `%${word}%`)))
  }
  return query
}
