import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { add, decimal } from "../../../gateways/shared/money"
import { existing } from "../../../shared/errors"
import {
  type BatchSum,
  type BatchTotals,
  neverSentStates,
  type PayoutBatch,
  toBatch,
} from "../domain/batch"
import type { TransferState } from "../domain/state"
import { toTransfer, type Transfer } from "../domain/transfer"
import type { PayoutTransaction } from "./transaction"
import { transferTable } from "./transfers"

const table = "payout_batch"

/** @throws MedusaError not_found */
export async function batchOf(database: Knex, id: string): Promise<PayoutBatch> {
  const row = await database(table).where({ id }).first()
  return toBatch(existing(row, `payout batch ${id}`))
}

export async function insertBatch(
  { query, now, newUlid }: PayoutTransaction,
  batch: Omit<PayoutBatch, "id" | "created_at">
): Promise<PayoutBatch> {
  const [row] = await query(table)
    .insert({ id: `pobat_${newUlid()}`, ...batch, created_at: now, updated_at: now })
    .returning("*")
  return toBatch(row)
}

/** By the lines of its file, else as they were made. */
export async function transfersOfBatch(database: Knex, id: string): Promise<Transfer[]> {
  const rows = await database(transferTable)
    .where({ batch_id: id })
    .orderBy([{ column: "import_line", nulls: "last" }, { column: "id" }])
  return rows.map(toTransfer)
}

/** Locked, by their ids. */
export async function lockTransfers(
  { query }: PayoutTransaction,
  where: { batch_id: string } | { ids: readonly string[] }
): Promise<Transfer[]> {
  const rows = await query(transferTable)
    .modify((select) =>
      "ids" in where ? select.whereIn("id", where.ids) : select.where({ batch_id: where.batch_id })
    )
    .orderBy("id")
    .forUpdate()
  return rows.map(toTransfer)
}

/** Those of a batch's transfers that wait for an approval make it wait; the one that has waited longest comes first. */
export async function waitingBatches(database: Knex): Promise<string[]> {
  return await database(transferTable)
    .where({ status: "awaiting_approval" })
    .whereNotNull("batch_id")
    .groupBy("batch_id")
    .orderByRaw("min(created_at), batch_id")
    .pluck("batch_id")
}

/** Of which a transfer is paid by one of these providers. */
export async function batchesOfProviders(
  database: Knex,
  providerIds: readonly string[]
): Promise<string[]> {
  return await database(transferTable)
    .whereIn("provider_id", providerIds)
    .whereNotNull("batch_id")
    .distinct()
    .pluck("batch_id")
}

const nothing: BatchTotals = { count: 0, sums: [], waiting: { count: 0, sums: [] }, states: {} }

/** What each batch adds up to; one without transfers is there too. */
export async function batchTotals(
  database: Knex,
  ids: readonly string[]
): Promise<Map<string, BatchTotals>> {
  const rows: GroupedRow[] = await database(transferTable)
    .whereIn("batch_id", ids)
    .groupBy("batch_id", "status", "provider_id", "currency_code")
    .orderBy(["batch_id", "provider_id", "currency_code", "status"])
    .select("batch_id", "status", "provider_id", "currency_code")
    // As text: a shop can have told the driver to turn numeric into floats.
    .select(database.raw("count(*)::int as count"), database.raw("sum(amount)::text as amount"))
  const totals = new Map<string, BatchTotals>(ids.map((id) => [id, nothing]))
  for (const row of rows) {
    totals.set(row.batch_id, withGroup(totals.get(row.batch_id) ?? nothing, row))
  }
  return totals
}

type GroupedRow = BatchSum & { batch_id: string; status: TransferState }

function withGroup(totals: BatchTotals, { batch_id: _, status, ...sum }: GroupedRow): BatchTotals {
  const states = { ...totals.states, [status]: (totals.states[status] ?? 0) + sum.count }
  if (neverSentStates.includes(status)) {
    return { ...totals, states }
  }
  const waiting = status === "awaiting_approval" ? withSum(totals.waiting, sum) : totals.waiting
  return { ...withSum(totals, sum), waiting, states }
}

function withSum({ count, sums }: Pick<BatchTotals, "count" | "sums">, sum: BatchSum) {
  const isOne = (other: BatchSum) =>
    other.provider_id === sum.provider_id && other.currency_code === sum.currency_code
  const before = sums.find(isOne)
  const both = before && {
    ...sum,
    count: before.count + sum.count,
    amount: add(decimal(before.amount), decimal(sum.amount)),
  }
  return {
    count: count + sum.count,
    sums: both ? sums.map((other) => (isOne(other) ? both : other)) : [...sums, sum],
  }
}
