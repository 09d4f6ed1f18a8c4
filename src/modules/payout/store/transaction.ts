import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { advisoryKey } from "../../../shared/database"
import type { GatewayEvent } from "../../../shared/events"
import type { PayoutContext } from "../context"
import { PayoutConflict } from "../domain/state"
import type { Transfer } from "../domain/transfer"
import { remittanceOf, toldOf } from "../domain/transfer-told"

/** One short transaction. What was moved in it, and what is told besides, is told to the shop when it is committed. */
export type PayoutTransaction = {
  query: Knex.Transaction
  now: Date
  newUlid: () => string
  /** Each transfer once for each state that it came to. */
  moved: Transfer[]
  /** Told before the transfers: of a batch of 1,000 it is one event that a subscriber can do with. */
  told: GatewayEvent[]
}

/** PostgreSQL's code lock_not_available. */
const LOCK_NOT_AVAILABLE = "55P03"

/** @throws PayoutConflict where a lock can't be had in time; nothing was written */
export async function inTransaction<Result>(
  context: PayoutContext,
  work: (transaction: PayoutTransaction) => Promise<Result>
): Promise<Result> {
  const moved: Transfer[] = []
  const told: GatewayEvent[] = []
  const result = await withLocks(
    context.database.transaction(
      async (query) => {
        await query.raw("select set_config('lock_timeout', ?, true)", [
          `${context.lockTimeoutMs}ms`,
        ])
        return await work({ query, now: context.now(), newUlid: context.newUlid, moved, told })
      },
      // What was committed while we waited for a lock must be seen: under any stricter level it is not.
      { isolationLevel: "read committed" }
    )
  )
  for (const event of told) {
    await context.announce(event)
  }
  for (const transfer of moved) {
    const { announce, options } = context
    await announce({ name: `payout.transfer.${transfer.status}`, data: toldOf(transfer, options) })
    if (transfer.status === "succeeded") {
      await announce({ name: "payout.remittance_advice", data: remittanceOf(transfer, options) })
    }
  }
  return result
}

async function withLocks<Result>(transaction: Promise<Result>): Promise<Result> {
  try {
    return await transaction
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === LOCK_NOT_AVAILABLE) {
      throw new PayoutConflict(
        "Nothing was changed: another transaction holds the same payouts in the database, such as a large " +
          "import. Try again in a minute",
        { code: "database_busy" }
      )
    }
    throw error
  }
}

/** A row whose metadata are a text: knex takes an object with a field `isRawInstance` for SQL of its own. */
export function withMetadataText<Row extends { metadata?: object | null }>(row: Row) {
  return row.metadata ? { ...row, metadata: JSON.stringify(row.metadata) } : row
}

/**
 * Locks for what is decided by reading many rows: limits, duplicates, idempotency keys.
 *
 * So that nobody locks another out, each transaction takes what it needs in one order:
 * 1. these, all in one call, by their numbers
 * 2. rows of beneficiaries, by their ids
 * 3. rows of transfers, by their ids
 */
const everything = keyOf("all payouts")

/** Waits for an import that is being made, and for whoever decides about one of the same names. */
export async function lockNames(
  { query }: PayoutTransaction,
  names: readonly string[]
): Promise<void> {
  const keys = [...new Set(names.map(keyOf))].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
  await query.raw("select pg_advisory_xact_lock_shared(?)", [everything])
  for (const key of keys) {
    await query.raw("select pg_advisory_xact_lock(?)", [key])
  }
}

/** For an import: a lock for each of its lines would be more than a database has room for. */
export async function lockEverything({ query }: PayoutTransaction): Promise<void> {
  await query.raw("select pg_advisory_xact_lock(?)", [everything])
}

const sending = keyOf("sending")

/** Whoever sends holds it beside others: a pause begins when those have committed. */
export async function lockSending(
  { query }: PayoutTransaction,
  lock: "share" | "update"
): Promise<void> {
  const shared = lock === "share" ? "_shared" : ""
  await query.raw(`select pg_advisory_xact_lock${shared}(?)`, [sending])
}

export const lockName = {
  idempotencyKey: (key: string) => `key ${key}`,
  externalId: (id: string) => `external id ${id}`,
  beneficiaryKey: (key: string) => `beneficiary key ${key}`,
  beneficiaryExternalId: (id: string) => `beneficiary external id ${id}`,
  beneficiary: (id: string) => `beneficiary ${id}`,
  currency: (code: string) => `currency ${code}`,
  statement: (providerId: string, digest: string) => `statement ${providerId} ${digest}`,
  batch: (id: string) => `batch ${id}`,
}

function keyOf(name: string): string {
  return advisoryKey("payout", name)
}

/**
 * Names the present life of the database, as SQL: when its server was started, and in which file the transfers lie. A
 * database that was restored, from a snapshot as from a dump, or whose standby took over, is in another life, whatever
 * its rows say: they may be older than what was sent since.
 */
export const databaseLifeSql =
  "(select pg_postmaster_start_time()::text || ' ' || pg_relation_filenode('payout_transfer')::text)"

export async function databaseLife(database: Knex): Promise<string> {
  const { rows } = await database.raw<{ rows: { life: string }[] }>(
    `select ${databaseLifeSql} as life`
  )
  const [row] = rows
  if (!row) {
    throw new Error("The database did not tell in which life it is")
  }
  return row.life
}
