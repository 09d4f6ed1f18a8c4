import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import { z } from "zod"
import { readRow } from "../../shared/database"

const table = "books_walk"

const walkRow = z
  .object({ read_until: z.date(), again: z.array(z.string()).nullable() })
  .transform(({ read_until, again }) => ({ readUntil: read_until, again: again ?? [] }))

/** How far they were read, and which payments could not be brought to agree and are to be tried once more. */
export type BooksPlace = { readUntil: Date; again: string[] }

/** A time of the shop's: what was written from `from` on, and before `until`. */
export type BooksWindow = { from: Date; until: Date }

/**
 * Up to what time Medusa's books were held against the journal, for each provider. Each method is one statement,
 * and `next_at` is both the time to go on and the end of the lease of whoever reads now: a server that dies gives
 * it back by this alone, and the next one goes on where it was.
 */
export class BooksWalks {
  readonly #database: Knex
  readonly #now: () => Date

  constructor(database: Knex, now: () => Date = () => new Date()) {
    this.#database = database
    this.#now = now
  }

  /**
   * Takes a provider's books over where their time has come. Of several who try at once one does.
   *
   * @param start where the very first reading begins
   */
  async claim(providerId: string, start: Date, leaseMs: number): Promise<BooksPlace | undefined> {
    const now = this.#now()
    const [claimed] = await this.#database(table)
      .insert({
        id: generateEntityId(undefined, "gwbook"),
        provider_id: providerId,
        read_until: start,
        next_at: this.#inMs(leaseMs),
        created_at: now,
        updated_at: now,
      })
      .onConflict("provider_id")
      .merge(["next_at", "updated_at"])
      .where(`${table}.next_at`, "<=", now)
      .returning("*")
    return claimed && readRow(table, walkRow, claimed)
  }

  /**
   * All before `to` was read, and the rest is this server's still, or that of whoever comes at `nextAt`. False
   * where somebody else has gone on meanwhile.
   */
  async moveOn(
    providerId: string,
    { readUntil: from }: Pick<BooksPlace, "readUntil">,
    to: BooksPlace,
    nextAt: Date
  ): Promise<boolean> {
    const moved = await this.#database(table)
      .where({ provider_id: providerId, read_until: from })
      .update({
        read_until: to.readUntil,
        again: to.again,
        next_at: nextAt,
        updated_at: this.#now(),
      })
    return moved > 0
  }

  /** The orders whose captures and refunds changed in the journal within the window. */
  async ordersThatMoved(providerId: string, { from, until }: BooksWindow): Promise<string[]> {
    return await this.#database({ operation: "gateway_operation" })
      .join({ order: "gateway_order" }, "order.reference", "operation.order_reference")
      .where("order.provider_id", providerId)
      .whereIn("operation.kind", ["capture", "refund"])
      .where("operation.updated_at", ">=", from)
      .where("operation.updated_at", "<", until)
      .distinct("order.reference")
      .pluck("order.reference")
  }

  #inMs(milliseconds: number): Date {
    return new Date(this.#now().getTime() + milliseconds)
  }
}
