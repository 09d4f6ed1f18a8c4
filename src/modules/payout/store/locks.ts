import { advisoryKey } from "../../../shared/database"
import type { PayoutTransaction } from "./transaction"

/**
 * Locks for what is decided by reading many rows: limits, doubles, idempotency keys.
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

export const lockName = {
  idempotencyKey: (key: string) => `key ${key}`,
  beneficiary: (id: string) => `beneficiary ${id}`,
  currency: (code: string) => `currency ${code}`,
}

function keyOf(name: string): string {
  return advisoryKey("payout", name)
}
