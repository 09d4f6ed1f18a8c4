import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { setTimeout as sleep } from "node:timers/promises"

/** Longer than a busy machine takes for them to come so far. */
const patienceMs = 120_000

/**
 * Begins acts that each write a step of a transfer, or what else is held, and lets none write it before all have come as
 * far as they can: what they decide by has been read by then, unless a lock has them read it one after the other.
 */
export async function meetBeforeWriting<Result>(
  gate: Knex,
  acts: readonly (() => Promise<Result>)[],
  hold = "lock table payout_transfer_event in share mode"
): Promise<PromiseSettledResult<Result>[]> {
  const held = await gate.transaction()
  await held.raw(hold)
  const running = Promise.allSettled(acts.map((act) => act()))
  try {
    await untilWaiting(held, acts.length)
  } finally {
    await held.commit()
  }
  return await running
}

async function untilWaiting(connection: Knex, count: number): Promise<void> {
  const until = Date.now() + patienceMs
  for (;;) {
    const { rows } = await connection.raw(
      `select count(distinct pid)::int as waiting from pg_locks
        where not granted and pid in (select pid from pg_locks
          where database = (select oid from pg_database where datname = current_database()))`
    )
    const waiting = Number(rows[0]?.waiting)
    if (waiting >= count) {
      return
    }
    if (Date.now() > until) {
      throw new Error(`Of ${count} acts ${waiting} wait for a lock`)
    }
    await sleep(10)
  }
}
