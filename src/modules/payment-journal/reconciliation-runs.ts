import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import { nothingCounted, type RunCounts } from "./reconciliation-run"

const table = "reconciliation_run"

/** So long a run that had something to do is kept, in milliseconds. */
const keptMs = 30 * 24 * 60 * 60_000

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
    const id = generateEntityId(undefined, "gwrec")
    await this.#database(table).insert({
      id,
      started_at: now,
      ...nothingCounted,
      created_at: now,
      updated_at: now,
    })
    return id
  }

  /** Of the runs that found nothing to do, which are most, only the last one is kept. */
  async end(id: string, counts: RunCounts, error: string | null): Promise<void> {
    const now = this.#now()
    await this.#database(table)
      .where({ id })
      .update({ ...counts, error, ended_at: now, updated_at: now })
    await this.#database(table)
      .where("started_at", "<", new Date(now.getTime() - keptMs))
      .orWhere((query) =>
        query.where({ checked: 0, errors: 0 }).whereNotNull("ended_at").whereNot({ id })
      )
      .delete()
  }
}
