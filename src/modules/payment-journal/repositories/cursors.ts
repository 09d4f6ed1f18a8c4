import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { z } from "zod"
import { readRow } from "../../../shared/database"
import { newId } from "../../../shared/new-id"
import { leaseMs, renewEvery } from "../../../shared/held-claim"

const table = "gateway_cursor"

/** A list that is read through bit by bit, and how a place in it is read back from JSON. */
export type CursorList<Place> = { name: string; place: z.ZodType<Place> }

/**
 * How far a list was read, for each provider, in the shop's own database. Each method is one statement, and `next_at`
 * is both the time to go on and the end of the lease of whoever reads now: a server that dies gives it back by this
 * alone, and the next one goes on where it was.
 */
export class Cursor<Place> {
  readonly #database: Knex
  readonly #list: string
  readonly #row: z.ZodType<{ place: Place }>
  readonly #now: () => Date

  constructor(
    database: Knex,
    { name, place }: CursorList<Place>,
    now: () => Date = () => new Date()
  ) {
    this.#database = database
    this.#list = name
    this.#row = z.object({ place })
    this.#now = now
  }

  /**
   * Takes a provider's list over where its time has come: at the place where it was broken off, else at `start`. Of
   * several who try at once one does.
   */
  async claim(providerId: string, start: Place, ttlMs = leaseMs): Promise<Place | undefined> {
    const now = this.#now()
    const [claimed] = await this.#database(table)
      .insert({
        id: newId("gwcur"),
        list: this.#list,
        provider_id: providerId,
        place: JSON.stringify(start),
        next_at: new Date(now.getTime() + ttlMs),
        created_at: now,
        updated_at: now,
      })
      .onConflict(["list", "provider_id"])
      .merge({
        place: this.#database.raw(`coalesce(${table}.place, excluded.place)`),
        next_at: this.#database.raw("excluded.next_at"),
        updated_at: now,
      })
      .where(`${table}.next_at`, "<=", now)
      .returning("place")
    return claimed && readRow(table, this.#row, claimed).place
  }

  /**
   * Keeps the list while its reader is at work, until the function that it returns is called.
   *
   * @param place where the reader is at that moment; undefined once it has ended
   */
  keep(providerId: string, place: () => Place | undefined): () => void {
    return renewEvery(leaseMs / 3, async () => {
      const at = place()
      const until = new Date(this.#now().getTime() + leaseMs)
      return at !== undefined && (await this.moveOn(providerId, at, at, until))
    })
  }

  /**
   * All before `to` was read; null where that was the end, so that the next reading begins anew. The rest is this
   * server's still, or that of whoever comes at `nextAt`. False where another server has gone on meanwhile.
   */
  async moveOn(providerId: string, from: Place, to: Place | null, nextAt: Date): Promise<boolean> {
    const moved = await this.#database(table)
      .where({ list: this.#list, provider_id: providerId })
      .whereRaw("place = ?::jsonb", [JSON.stringify(from)])
      .update({
        place: to === null ? null : JSON.stringify(to),
        next_at: nextAt,
        updated_at: this.#now(),
      })
    return moved > 0
  }
}
