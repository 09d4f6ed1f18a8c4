import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { PayoutConflict } from "../conflict"
import type { PayoutContext } from "../payout-context"
import type { Transfer } from "../transfer"

/** One short transaction. What was moved in it is told to the shop when it is committed. */
export type PayoutTransaction = {
  query: Knex.Transaction
  now: Date
  newUlid: () => string
  /** Each transfer once for each state that it came to. */
  moved: Transfer[]
}

/** Locks are held for a handful of statements, or by an import; who waits this long waits for something broken. */
const lockTimeoutMs = 15_000

/** PostgreSQL's code lock_not_available. */
const LOCK_NOT_AVAILABLE = "55P03"

/** @throws PayoutConflict where a lock can't be had in time; nothing was written */
export async function inTransaction<Result>(
  context: PayoutContext,
  work: (transaction: PayoutTransaction) => Promise<Result>
): Promise<Result> {
  const moved: Transfer[] = []
  const result = await withLocks(
    context.database.transaction(
      async (query) => {
        await query.raw("select set_config('lock_timeout', ?, true)", [`${lockTimeoutMs}ms`])
        return await work({ query, now: context.now(), newUlid: context.newUlid, moved })
      },
      // What was committed while we waited for a lock must be seen: under any stricter level it is not.
      { isolationLevel: "read committed" }
    )
  )
  for (const { id, reference, provider_id, status } of moved) {
    await context.announce({
      name: `payout.transfer.${status}`,
      data: { id, reference, provider_id, status },
    })
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
          "import. Try again in a minute"
      )
    }
    throw error
  }
}
