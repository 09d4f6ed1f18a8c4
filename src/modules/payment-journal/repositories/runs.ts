import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { newId } from "../../../shared/new-id"

/** What one run of the reconciliation came to. Orders and operations are counted alike. */
export type RunCounts = {
  /** Asked about, or found to be booked since. */
  checked: number
  /** Brought to its good end by this run: paid and booked, or a refund or capture that had been made. */
  settled: number
  /** Found to have failed, expired or been canceled by this run. */
  failed: number
  /** Money that came and pays for no order. */
  unmatched: number
  /** Paid, and taken back by the shopper's bank. */
  chargebacks: number
  /** Could not be asked about, or not be booked: tried again later. */
  errors: number
  /** Still not known when the gateway can't settle it any more: left alone from now on. */
  given_up: number
}

export const nothingCounted: Readonly<RunCounts> = {
  checked: 0,
  settled: 0,
  failed: 0,
  unmatched: 0,
  chargebacks: 0,
  errors: 0,
  given_up: 0,
}

const table = "reconciliation_run"

/** So long a run that had something to do is kept, in milliseconds. */
const keptMs = 30 * 24 * 60 * 60_000

const justEndedMs = 10 * 60_000

/** The runs of the reconciliation over the shop's own database; every instance of the shop writes its own. */
export class ReconciliationRuns {
  readonly #database: Knex
  readonly #now: () => Date

  constructor(database: Knex, now: () => Date = () => new Date()) {
    this.#database = database
    this.#now = now
  }

  /** The id of the run that begins. */
  async begin(): Promise<string> {
    const now = this.#now()
    const id = newId("gwrec")
    await this.#database(table).insert({
      id,
      started_at: now,
      ...nothingCounted,
      created_at: now,
      updated_at: now,
    })
    return id
  }

  /** What a run that is at work has come to so far. */
  async count(id: string, counts: RunCounts): Promise<void> {
    await this.#database(table)
      .where({ id, ended_at: null })
      .update({ ...counts, updated_at: this.#now() })
  }

  /**
   * Of the runs that found nothing to do, which are most, only the last one is kept, and those that have only just ended: a
   * person may have started one, and wait for what it comes to.
   */
  async end(id: string, counts: RunCounts, error: string | null): Promise<void> {
    const now = this.#now()
    await this.#database(table)
      .where({ id })
      .update({ ...counts, error, ended_at: now, updated_at: now })
    await this.#database(table)
      .where("started_at", "<", new Date(now.getTime() - keptMs))
      .orWhere((query) =>
        query
          .where({ checked: 0, errors: 0 })
          .where("ended_at", "<", new Date(now.getTime() - justEndedMs))
          .whereNot({ id })
      )
      .delete()
  }
}
