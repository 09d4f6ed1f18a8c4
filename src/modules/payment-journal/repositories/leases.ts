import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { MedusaError } from "@medusajs/framework/utils"
import {
  elapsedSince,
  LeaseLostError,
  leaseMs,
  type Moment,
  momentNow,
  renewEvery,
  renewFreshly,
} from "../../../shared/held-claim"

export type LeaseOptions = {
  /** How long another owner's lease is waited for, in milliseconds. */
  patienceMs?: number
  ttlMs?: number
  /**
   * Runs before the work where an earlier owner of a key never released it, because its server died. Where it
   * throws, the keys are not released either, so that whoever takes them over next recovers in turn.
   */
  recover?: () => Promise<void>
  /** One of the keys that is held already: it is not acquired again, but renewed and released like the others. */
  acquired?: AcquiredLease
}

/** What was acquired for who is about to work under it, in a statement that does more; see `leaseInsertion`. */
export type AcquiredLease = {
  key: string
  owner: string
  /** Before the statement. */
  askedAt: Moment
  wasAbandoned: boolean
}

export type HeldLease = {
  /**
   * Makes sure that it is held still. To be called right before what must not be done twice. The database is asked
   * where its last word is older than a third of the lease, as after this server stood still.
   *
   * @throws LeaseLostError where another owner has taken one of the keys over
   */
  ensureHeld(): Promise<void>
  /**
   * Acquires another key in addition, which is renewed and released together with the others, at the end of the work.
   *
   * @throws LeaseTakenError as `withLease`
   */
  alsoHold(key: string, options?: Omit<LeaseOptions, "ttlMs" | "acquired">): Promise<void>
  /**
   * Ends it in the statement that notes what its work came to: the last of the work. Where that fails, nothing was
   * noted, and it ends after the work as ever.
   *
   * @param note runs one statement, of which `release`, the deletion of the keys' rows, has to be a part
   */
  endWith<Result>(note: (release: Knex.QueryBuilder) => Promise<Result>): Promise<Result>
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
  { ttlMs = leaseMs, ...options }: LeaseOptions = {}
): Promise<Result> {
  const lease = new OwnLease(new Leases(database, ttlMs), ttlMs, options.acquired)
  try {
    await lease.acquire([keys].flat(), options)
    return await work(lease)
  } finally {
    await lease.end()
  }
}

/**
 * A statement that acquires a key, or a part of one. It returns `takeovers`, more than 0 where an earlier owner never
 * released the key, and no row where another owner has it.
 *
 * @param row SQL of one row: the key, the owner, and when it ends by the database's clock
 */
export function leaseInsertion(row: string): string {
  return `insert into gateway_lease as held (key, owner, expires_at)
        ${row}
        on conflict (key) do update
          set owner = excluded.owner, expires_at = excluded.expires_at, takeovers = held.takeovers + 1, updated_at = now()
          where held.expires_at <= now()
        returning takeovers`
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
      leaseInsertion("values (:key, :owner, now() + :ttlMs * interval '1 millisecond')"),
      { key, owner, ttlMs: this.#ttlMs }
    )
    const [row] = rows
    return row && { wasAbandoned: row.takeovers > 0 }
  }

  /** False where one of them is not this owner's any more. A late renewal counts while no other owner has taken over. */
  async renew(keys: readonly string[], owner: string): Promise<boolean> {
    const renewed = await this.#database("gateway_lease")
      .whereIn("key", keys)
      .where({ owner })
      .update({
        expires_at: this.#database.raw("now() + ? * interval '1 millisecond'", [this.#ttlMs]),
        updated_at: this.#database.fn.now(),
      })
    return renewed === keys.length
  }

  /** Deletes those that are this owner's, and no other's. */
  async release(keys: readonly string[], owner: string): Promise<number> {
    return await this.releasing(keys, owner)
  }

  /** The same as a statement that nobody has run yet. */
  releasing(keys: readonly string[], owner: string): Knex.QueryBuilder<object, number> {
    return this.#database("gateway_lease").whereIn("key", keys).where({ owner }).delete()
  }
}

/** What one caller of `withLease` holds: the same owner's keys, renewed every third of their time. */
class OwnLease implements HeldLease {
  readonly #leases: Leases
  readonly #ttlMs: number
  readonly #owner: string
  readonly #acquired: AcquiredLease | undefined
  readonly #keys = new Set<string>()
  /** Those whose dead owner's work was not put right: they are left to end by themselves. */
  readonly #unrecovered = new Set<string>()
  readonly #stop: () => void
  /** When the database was last asked whether all of them are held, and said so; undefined where it said no. */
  #provenAt: Moment | undefined

  constructor(leases: Leases, ttlMs: number, acquired?: AcquiredLease) {
    this.#owner = acquired?.owner ?? randomUUID()
    this.#acquired = acquired
    this.#leases = leases
    this.#ttlMs = ttlMs
    // So two renewals may fail before anybody else can have it.
    this.#stop = renewEvery(ttlMs / 3, () => this.#renew())
  }

  async acquire(
    keys: readonly string[],
    { patienceMs = 60_000, recover }: Pick<LeaseOptions, "patienceMs" | "recover">
  ): Promise<void> {
    const deadline = performance.now() + patienceMs
    const added = new Set(keys)
    let wasAbandoned = false
    for (const key of added) {
      const lease =
        this.#acquired?.key === key
          ? this.#acquired
          : await acquireBefore(deadline, this.#leases, key, this.#owner)
      // The oldest counts of several.
      this.#provenAt = this.#keys.size === 0 ? lease.askedAt : this.#provenAt
      this.#keys.add(key)
      wasAbandoned ||= lease.wasAbandoned
    }
    if (wasAbandoned) {
      added.forEach((key) => this.#unrecovered.add(key))
      await recover?.()
      added.forEach((key) => this.#unrecovered.delete(key))
    }
  }

  readonly alsoHold: HeldLease["alsoHold"] = async (key, options = {}) => {
    await this.acquire([key], options)
  }

  readonly ensureHeld = async (): Promise<void> => {
    if (this.#provenAt && elapsedSince(this.#provenAt) < this.#ttlMs / 3) {
      return
    }
    if (!(await renewFreshly(this.#ttlMs, () => this.#renew()))) {
      throw new LeaseLostError([...this.#keys])
    }
  }

  async #renew(): Promise<boolean> {
    if (this.#keys.size === 0) {
      return true // the first is waited for
    }
    const askedAt = momentNow()
    // One that is acquired meanwhile is held from a later moment on.
    const isHeld = await this.#leases.renew([...this.#keys], this.#owner)
    this.#provenAt = isHeld ? askedAt : undefined
    return isHeld
  }

  readonly endWith: HeldLease["endWith"] = async (note) => {
    this.#stop()
    const result = await note(this.#leases.releasing(this.#recovered(), this.#owner))
    this.#keys.clear()
    return result
  }

  /** What was done stays done where releasing fails: the lease then ends by itself. */
  async end(): Promise<void> {
    this.#stop()
    const keys = this.#recovered()
    if (keys.length > 0) {
      await this.#leases.release(keys, this.#owner).catch(() => undefined)
    }
  }

  #recovered(): string[] {
    return [...this.#keys].filter((key) => !this.#unrecovered.has(key))
  }
}

const firstPauseMs = 40
const longestPauseMs = 500

async function acquireBefore(deadline: number, leases: Leases, key: string, owner: string) {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    const askedAt = momentNow()
    const lease = await leases.acquire(key, owner)
    if (lease) {
      return { ...lease, askedAt }
    }
    if (performance.now() >= deadline) {
      throw new LeaseTakenError(key)
    }
    // Of different length for each, so that those who wait don't ask at one moment.
    await sleep(pauseMs * (0.5 + Math.random() / 2))
  }
}
