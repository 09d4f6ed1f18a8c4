import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { MedusaError } from "@medusajs/framework/utils"
import { LeaseLostError, leaseMs, renewEvery, renewFreshly } from "../../../shared/held-claim"

export type LeaseOptions = {
  /** How long another owner's lease is waited for, in milliseconds. */
  patienceMs?: number
  ttlMs?: number
  /**
   * Runs before the work where an earlier owner of a key never released it, because its server died. Where it
   * throws, the keys are not released either, so that whoever takes them over next recovers in turn.
   */
  recover?: () => Promise<void>
}

export type HeldLease = {
  /**
   * Renews it now, and with it another one that its owner holds too. To be called right before what must not be done
   * twice.
   *
   * @throws LeaseLostError where another owner has taken one of them over
   */
  ensureHeld(another?: HeldLease): Promise<void>
  readonly keys: readonly string[]
  readonly owner: string
}

/** Somebody else has the lease, and may be at work; nothing was done. */
export class LeaseTakenError extends MedusaError {
  constructor(key: string) {
    super(
      MedusaError.Types.NOT_ALLOWED,
      `Somebody else is at work on ${key} at this moment, and nothing was done. Try again in a minute`
    )
  }
}

/**
 * Runs `work` while no other caller of this function, on any server, runs with one of the same keys. Each key
 * is a row in the shop's own database that is acquired, renewed and released by one statement each, so that no
 * connection is held while the work asks a gateway, or while it waits. The database's clock alone decides when
 * a lease has ended. Not re-entrant.
 *
 * @param keys acquired in the order they are given in: all callers that need the same ones have to agree on it
 * @throws LeaseTakenError where another owner keeps one of them longer than `patienceMs`
 */
export async function withLease<Result>(
  database: Knex,
  keys: string | readonly string[],
  work: (lease: HeldLease) => Promise<Result>,
  { patienceMs = 60_000, ttlMs = leaseMs, recover }: LeaseOptions = {}
): Promise<Result> {
  const leases = new Leases(database, ttlMs)
  const owner = randomUUID()
  const acquired: string[] = []
  const held = keepAlive(leases, acquired, owner, ttlMs)
  let isToRelease = true
  try {
    const { wasAbandoned } = await acquireAll(leases, keys, { owner, acquired, patienceMs })
    if (wasAbandoned) {
      isToRelease = false
      await recover?.()
      isToRelease = true
    }
    return await work(held)
  } finally {
    held.stop()
    if (isToRelease) {
      // What was done stays done where this fails: the lease then ends by itself.
      await leases.release(acquired, owner).catch(() => undefined)
    }
  }
}

/** The rows themselves; each method is one guarded statement, on the database's clock. */
export class Leases {
  readonly #database: Knex
  readonly #ttlMs: number

  constructor(database: Knex, ttlMs: number = leaseMs) {
    this.#database = database
    this.#ttlMs = ttlMs
  }

  /** Undefined where another owner has it. `wasAbandoned` where an earlier owner never released it. */
  async acquire(key: string, owner: string): Promise<{ wasAbandoned: boolean } | undefined> {
    const { rows } = await this.#database.raw<{ rows: { takeovers: number }[] }>(
      `insert into gateway_lease as held (key, owner, expires_at)
        values (:key, :owner, now() + :ttlMs * interval '1 millisecond')
        on conflict (key) do update
          set owner = excluded.owner, expires_at = excluded.expires_at, takeovers = held.takeovers + 1, updated_at = now()
          where held.expires_at <= now()
        returning takeovers`,
      { key, owner, ttlMs: this.#ttlMs }
    )
    const [row] = rows
    return row && { wasAbandoned: row.takeovers > 0 }
  }

  /** False where one of them is not this owner's any more. A late renewal counts while no other owner has taken over. */
  async renew(keys: readonly string[], owner: string): Promise<boolean> {
    return await this.renewAll([{ keys, owner }])
  }

  /** The same for several owners' at once. */
  async renewAll(held: readonly Pick<HeldLease, "keys" | "owner">[]): Promise<boolean> {
    const pairs = held.flatMap(({ keys, owner }) => keys.map((key) => [key, owner]))
    const renewed = await this.#database("gateway_lease")
      .whereIn(["key", "owner"], pairs)
      .update({
        expires_at: this.#database.raw("now() + ? * interval '1 millisecond'", [this.#ttlMs]),
        updated_at: this.#database.fn.now(),
      })
    return renewed === pairs.length
  }

  /** Deletes those that are this owner's, and no other's. */
  async release(keys: readonly string[], owner: string): Promise<number> {
    return await this.#database("gateway_lease").whereIn("key", keys).where({ owner }).delete()
  }
}

type Acquiring = { owner: string; acquired: string[]; patienceMs: number }

/** Adds to `acquired` what it has acquired so far. */
async function acquireAll(
  leases: Leases,
  keys: string | readonly string[],
  { owner, acquired, patienceMs }: Acquiring
): Promise<{ wasAbandoned: boolean }> {
  const deadline = performance.now() + patienceMs
  let wasAbandoned = false
  for (const key of new Set([keys].flat())) {
    const lease = await acquireBefore(deadline, leases, key, owner)
    acquired.push(key)
    wasAbandoned ||= lease.wasAbandoned
  }
  return { wasAbandoned }
}

const firstPauseMs = 40
const longestPauseMs = 500

async function acquireBefore(deadline: number, leases: Leases, key: string, owner: string) {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    const lease = await leases.acquire(key, owner)
    if (lease) {
      return lease
    }
    if (performance.now() >= deadline) {
      throw new LeaseTakenError(key)
    }
    // Of different length for each, so that those who wait don't ask at one moment.
    await sleep(pauseMs * (0.5 + Math.random() / 2))
  }
}

/** Renews every third of its time, so that two renewals may fail before anybody else can have it. */
function keepAlive(
  leases: Leases,
  /** Of which there may come more. */
  keys: readonly string[],
  owner: string,
  ttlMs: number
): HeldLease & { stop(): void } {
  return {
    keys,
    owner,
    async ensureHeld(another) {
      const held = [{ keys, owner }, ...(another ? [another] : [])]
      if (!(await renewFreshly(ttlMs, () => leases.renewAll(held)))) {
        throw new LeaseLostError(held.flatMap((lease) => lease.keys))
      }
    },
    stop: renewEvery(ttlMs / 3, async () => await leases.renew(keys, owner)),
  }
}
