import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { amountColumns } from "../../../shared/database"
import { existing } from "../../../shared/errors"
import { reasonColumns } from "../domain/reason"
import { mayFollow, stateForbids, type TransferState } from "../domain/state"
import {
  type Step,
  toEvent,
  toTransfer,
  type Transfer,
  type TransferChange,
  type TransferEvent,
  type TransferToInsert,
} from "../domain/transfer"
import { voidApprovals } from "./approvals"
import { databaseLifeSql, type PayoutTransaction, withMetadataText } from "./transaction"

export const transferTable = "payout_transfer"
const eventTable = "payout_transfer_event"

/** PostgreSQL takes 65,535 values in one statement. */
const rowsPerInsert = 500

export async function findTransferBy(
  database: Knex,
  where:
    | { id: string }
    | { reference: string }
    | { idempotency_key: string }
    | { retry_of_id: string }
    | { external_id: string }
): Promise<Transfer | undefined> {
  const row = await database(transferTable).where(where).first()
  return row && toTransfer(row)
}

export async function transfersWithKeys(
  database: Knex,
  idempotencyKeys: readonly string[]
): Promise<Transfer[]> {
  const rows = await database(transferTable).whereIn("idempotency_key", idempotencyKeys)
  return rows.map(toTransfer)
}

export async function transfersWithExternalIds(
  database: Knex,
  externalIds: readonly string[]
): Promise<Transfer[]> {
  const rows = await database(transferTable).whereIn("external_id", externalIds)
  return rows.map(toTransfer)
}

/** Those of them that there are. */
export async function transfersOf(database: Knex, ids: readonly string[]): Promise<Transfer[]> {
  const rows = await database(transferTable).whereIn("id", ids)
  return rows.map(toTransfer)
}

/** @throws MedusaError not_found */
export async function transferOf(database: Knex, id: string): Promise<Transfer> {
  return existing(await findTransferBy(database, { id }), `payout transfer ${id}`)
}

/** Nothing was sent of them, and nothing will be: what they should have tried again can be tried once more. */
const neverSent: readonly TransferState[] = ["rejected", "expired", "canceled"]

/**
 * What was made to try a failed transfer again. Each retry hangs on the one before it that was never sent.
 *
 * @returns `last`: what the next retry would hang on; `retry`: the one that stands for it already, where there is one
 */
export async function retriesOf(
  database: Knex,
  failed: Transfer
): Promise<{ last: Transfer; retry: Transfer | undefined }> {
  let last = failed
  for (;;) {
    const retry = await findTransferBy(database, { retry_of_id: last.id })
    if (!retry || !neverSent.includes(retry.status)) {
      return { last, retry }
    }
    last = retry
  }
}

/** What tries it again at last: a retry can have failed, and been tried again, itself. Undefined where nothing does. */
export async function lastRetryOf(
  database: Knex,
  { id }: Pick<Transfer, "id">
): Promise<Transfer | undefined> {
  let last: Transfer | undefined
  for (;;) {
    const next = await findTransferBy(database, { retry_of_id: last?.id ?? id })
    if (!next) {
      return last
    }
    last = next
  }
}

/** What was sent before for the same payment, each of which failed: it, and what it tries again; the newest first. */
export async function triesOf(database: Knex, failed: Transfer): Promise<Transfer[]> {
  const tries = [failed]
  for (let before = failed.retry_of_id; before !== null;) {
    const one = await transferOf(database, before)
    tries.push(one)
    before = one.retry_of_id
  }
  return tries.filter(({ status }) => !neverSent.includes(status))
}

/** Nobody else changes it until the transaction ends. @throws MedusaError not_found */
export async function lockTransfer({ query }: PayoutTransaction, id: string): Promise<Transfer> {
  const row = await query(transferTable).where({ id }).forUpdate().first()
  return toTransfer(existing(row, `payout transfer ${id}`))
}

/** With the first event of each. @param actor as the event names them */
export async function insertTransfers(
  { query, now, newUlid, moved }: PayoutTransaction,
  transfers: readonly TransferToInsert[],
  actor: string
): Promise<Transfer[]> {
  const stamps = { created_at: now, updated_at: now }
  const inserted: Transfer[] = []
  for (let at = 0; at < transfers.length; at += rowsPerInsert) {
    const some = transfers.slice(at, at + rowsPerInsert)
    const rows = some.map(({ amount, gateway_fee: _none, reason, ...transfer }) => ({
      ...withMetadataText(transfer),
      reason: reason?.text ?? null,
      ...amountColumns("amount", amount),
      events_count: 1,
      made_in: query.raw(databaseLifeSql),
      ...stamps,
    }))
    inserted.push(
      ...(await query(transferTable).insert(rows).returning("*")).map((row) => toTransfer(row))
    )
    await query(eventTable).insert(
      some.map(({ id, status, reason }) => ({
        id: `poev_${newUlid()}`,
        transfer_id: id,
        position: 1,
        from_status: null,
        to_status: status,
        actor,
        ...reasonColumns(reason),
        ...stamps,
      }))
    )
  }
  moved.push(...inserted)
  return inserted
}

/**
 * The one way from state to state: a guarded UPDATE and its event.
 *
 * @param transfer as it was locked in this transaction
 * @param step for the error, such as "be approved"
 * @throws PayoutConflict where the table of states has no such way
 */
export async function moveTransfer(
  { query, now, newUlid, moved }: PayoutTransaction,
  transfer: Transfer,
  { to, actor, reason, code, message, change = {} }: Step,
  step = `become ${to.replaceAll("_", " ")}`
): Promise<Transfer> {
  const { id, status, resolved_by } = transfer
  if (!mayFollow(status, to, resolved_by !== null)) {
    throw stateForbids(transfer, step)
  }
  const [row] = await query(transferTable)
    .where({ id, status, resolved_by })
    .update({
      // What comes next stands on its own proof, unless the step says whose word it is.
      resolved_by: null,
      ...columnsOf(change),
      status: to,
      reason: reason?.text ?? null,
      delay_reason: null,
      delay_cause: null,
      events_count: query.raw("events_count + 1"),
      updated_at: now,
    })
    .returning("*")
  if (!row) {
    throw stateForbids(await transferOf(query, id), step)
  }
  await query(eventTable).insert({
    id: `poev_${newUlid()}`,
    transfer_id: transfer.id,
    position: row.events_count,
    from_status: transfer.status,
    to_status: to,
    actor,
    ...reasonColumns(reason),
    gateway_code: code,
    gateway_message: message,
    created_at: now,
    updated_at: now,
  })
  if (status === "approved" && to === "awaiting_approval") {
    await voidApprovals(query, now, [id])
  }
  const next = toTransfer(row)
  moved.push(next)
  return next
}

/** What is learnt without a new state. */
export async function noteOnTransfer(
  database: Knex,
  id: string,
  change: TransferChange
): Promise<Transfer> {
  const [row] = await database(transferTable).where({ id }).update(columnsOf(change)).returning("*")
  return toTransfer(existing(row, `payout transfer ${id}`))
}

export async function eventsOf(database: Knex, transferId: string): Promise<TransferEvent[]> {
  const rows = await database(eventTable).where({ transfer_id: transferId }).orderBy("position")
  return rows.map(toEvent)
}

/** By which code a transfer is as it is; `details` are the values of the code's words. */
export type ReasonOfTransfer = {
  reason_code: string | null
  reason_details: Record<string, string> | null
}

/** Of each of them, as its last step has it. */
export async function reasonCodesOf(
  database: Knex,
  transferIds: readonly string[]
): Promise<Map<string, ReasonOfTransfer>> {
  const rows: ({ transfer_id: string } & ReasonOfTransfer)[] = await database(eventTable)
    .distinctOn("transfer_id")
    .whereIn("transfer_id", transferIds)
    .orderBy([{ column: "transfer_id" }, { column: "position", order: "desc" }])
    .select("transfer_id", "reason_code", "reason_details")
  return new Map(rows.map(({ transfer_id, ...reason }) => [transfer_id, reason]))
}

/** How often it came to `to` from `from`, and when last. */
export async function passages(
  database: Knex,
  transferId: string,
  way: { from?: TransferState; to: TransferState }
): Promise<Date[]> {
  const events = await eventsOf(database, transferId)
  return events
    .filter(({ from_status, to_status }) => {
      return to_status === way.to && (way.from === undefined || from_status === way.from)
    })
    .map(({ created_at }) => created_at)
}

function columnsOf({ gateway_fee, ...change }: TransferChange) {
  return {
    ...withMetadataText(change),
    ...(typeof gateway_fee === "string" ? amountColumns("gateway_fee", gateway_fee) : {}),
  }
}

/** All transfers to a beneficiary, the oldest first. */
export async function transfersTo(database: Knex, beneficiaryId: string): Promise<Transfer[]> {
  const rows = await database(transferTable)
    .where({ beneficiary_id: beneficiaryId })
    .orderBy(["created_at", "id"])
  return rows.map(toTransfer)
}
