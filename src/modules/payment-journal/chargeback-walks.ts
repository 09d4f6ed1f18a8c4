import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import { z } from "zod"
import type { WalkPlace } from "../../workflows/reconciliation/chargebacks"
import { readRow } from "../../shared/database"

const table = "chargeback_walk"

const walkRow = z.object({ day: z.string(), last_day: z.string(), page: z.coerce.number() })

/**
 * Who reads through which gateway's list of payments, and how far. Each method is one statement, and `next_at`
 * is both the time of the next walk and the end of the lease of whoever is at this one: a server that dies
 * gives it back by this alone, and the next one goes on where it was.
 */
export class ChargebackWalks {
  readonly #database: Knex
  readonly #now: () => Date

  constructor(database: Knex, now: () => Date = () => new Date()) {
    this.#database = database
    this.#now = now
  }

  /**
   * Takes a provider's walk over where its time has come: the one that was broken off, else a new one that
   * begins at `start`. Of several who try at once one does.
   */
  async claim(
    providerId: string,
    start: WalkPlace,
    leaseMs: number
  ): Promise<WalkPlace | undefined> {
    const now = this.#now()
    const [claimed] = await this.#database(table)
      .insert({
        id: generateEntityId(undefined, "gwwalk"),
        provider_id: providerId,
        ...start,
        next_at: this.#inMs(leaseMs),
        created_at: now,
        updated_at: now,
      })
      .onConflict("provider_id")
      .merge({
        day: this.#keptOrNew("day"),
        last_day: this.#keptOrNew("last_day"),
        page: this.#keptOrNew("page"),
        next_at: this.#database.raw("excluded.next_at"),
        updated_at: now,
      })
      .where(`${table}.next_at`, "<=", now)
      .returning("*")
    return claimed && toPlace(claimed)
  }

  /** Notes that all before `to` was read; false where somebody else has taken the walk over meanwhile. */
  async moveOn(
    providerId: string,
    from: WalkPlace,
    to: WalkPlace,
    leaseMs: number
  ): Promise<boolean> {
    return await this.#change(providerId, from, { ...to, next_at: this.#inMs(leaseMs) })
  }

  /** All was read; another walk begins at `nextAt`. */
  async end(providerId: string, from: WalkPlace, nextAt: Date): Promise<void> {
    const nowhere = { day: null, last_day: null, page: null }
    await this.#change(providerId, from, { ...nowhere, next_at: nextAt })
  }

  /** It goes on at the same place at `nextAt`. */
  async putOff(providerId: string, at: WalkPlace, nextAt: Date): Promise<void> {
    await this.#change(providerId, at, { next_at: nextAt })
  }

  async #change(
    providerId: string,
    { day, page }: WalkPlace,
    change: Record<string, unknown>
  ): Promise<boolean> {
    const changed = await this.#database(table)
      .where({ provider_id: providerId, day, page })
      .update({ ...change, updated_at: this.#now() })
    return changed > 0
  }

  #keptOrNew(column: keyof WalkPlace) {
    return this.#database.raw("coalesce(??, ??)", [`${table}.${column}`, `excluded.${column}`])
  }

  #inMs(milliseconds: number): Date {
    return new Date(this.#now().getTime() + milliseconds)
  }
}

function toPlace(row: unknown): WalkPlace {
  return readRow(table, walkRow, row)
}
