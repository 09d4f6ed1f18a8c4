import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { z } from "zod"
import { count, readRow, time } from "../../../shared/database"
import { newId } from "../../../shared/new-id"

/** `done`: paid, and the order is placed. `canceled`: nothing was paid by it. */
export const tillSaleStates = ["open", "done", "canceled"] as const

/** A sale at the till: one of Medusa's orders, and how often a shopper's code was scanned for it. */
const tillSaleRow = z.object({
  id: z.string(),
  /** Of the page that opened it: the same request again opens no second one. */
  idempotency_key: z.string(),
  /** Medusa's id of the provider, such as `pp_kess_till`. */
  provider_id: z.string(),
  /** Medusa's order; a draft while nothing is paid, where the sale was opened by an amount or by a draft. */
  order_id: z.string(),
  /** The till made the draft order by itself, for this sale alone. */
  is_own_draft: z.boolean(),
  state: z.enum(tillSaleStates),
  /** So many codes were taken for it. */
  attempts: count,
  /** Medusa's payment session of the last one; null before the first, and when it was set aside. */
  session_id: z.string().nullable(),
  /** Why the order could not be placed although it is paid; null where nothing is wrong. */
  problem: z.string().nullable(),
  /** An admin's id. */
  opened_by: z.string(),
  created_at: time,
  updated_at: time,
})

export type TillSale = z.infer<typeof tillSaleRow>

export type NewTillSale = Pick<
  TillSale,
  "idempotency_key" | "provider_id" | "order_id" | "is_own_draft" | "opened_by"
>

type ListedSales = {
  limit: number
  provider_ids: readonly string[]
  state?: TillSale["state"]
}

const table = "till_sale"

/** The sales of the till over the shop's own database. What changes one is a guarded UPDATE. */
export class TillSales {
  readonly #database: Knex
  readonly #now: () => Date

  constructor(database: Knex, now: () => Date = () => new Date()) {
    this.#database = database
    this.#now = now
  }

  /** Where one with this key, or an open one of this order, exists already, it is given back as it is. */
  async open(sale: NewTillSale): Promise<TillSale> {
    const now = this.#now()
    const [row] = await this.#database(table)
      .insert({
        id: newId("gwsale"),
        ...sale,
        state: "open",
        created_at: now,
        updated_at: now,
      })
      .onConflict()
      .ignore()
      .returning("*")
    if (row) {
      return toTillSale(row)
    }
    const existing =
      (await this.findByKey(sale.idempotency_key)) ?? (await this.#openOfOrder(sale.order_id))
    if (!existing) {
      throw new Error(`The sale of order ${sale.order_id} could not be opened`)
    }
    return existing
  }

  async find(id: string): Promise<TillSale | undefined> {
    return await this.#first({ id })
  }

  async findByKey(idempotency_key: string): Promise<TillSale | undefined> {
    return await this.#first({ idempotency_key })
  }

  async findBySession(session_id: string): Promise<TillSale | undefined> {
    return await this.#first({ session_id })
  }

  async #openOfOrder(order_id: string): Promise<TillSale | undefined> {
    return await this.#first({ order_id, state: "open" })
  }

  /** The newest first. */
  async list({ limit, provider_ids, state }: ListedSales): Promise<TillSale[]> {
    const rows = await this.#database(table)
      .where(state === undefined ? {} : { state })
      .whereIn("provider_id", provider_ids)
      .orderBy([
        { column: "created_at", order: "desc" },
        { column: "id", order: "desc" },
      ])
      .limit(limit)
    return rows.map(toTillSale)
  }

  /**
   * Takes the right to charge a code for a sale, once for each number of codes that were taken before: of two who
   * send the same request, or of two tills, one has it.
   *
   * @param seen how many codes were taken as far as the caller knows
   */
  async claimAttempt(id: string, seen: number): Promise<TillSale | undefined> {
    const [row] = await this.#database(table)
      .where({ id, state: "open", attempts: seen })
      .update({ attempts: seen + 1, updated_at: this.#now() })
      .returning("*")
    return row && toTillSale(row)
  }

  /** @param session_id null where the last code's payment was set aside */
  async noteSession(id: string, session_id: string | null): Promise<void> {
    await this.#database(table)
      .where({ id, state: "open" })
      .update({ session_id, updated_at: this.#now() })
  }

  async noteProblem(id: string, problem: string): Promise<void> {
    await this.#database(table)
      .where({ id, state: "open" })
      .update({ problem, updated_at: this.#now() })
  }

  /** Puts it behind the others in `paidAndOpen`. */
  async noteTry(id: string): Promise<void> {
    await this.#database(table).where({ id, state: "open" }).update({ updated_at: this.#now() })
  }

  /** False where it has ended before. */
  async end(id: string, state: "done" | "canceled"): Promise<boolean> {
    const ended = await this.#database(table)
      .where({ id, state: "open" })
      .update({ state, problem: null, updated_at: this.#now() })
    return ended > 0
  }

  /**
   * Open sales whose payment came, and whose server may have died before it placed the order. Those that were changed
   * after `before` are left out: somebody is at work on them. Longest untouched first.
   */
  async paidAndOpen(before: Date, limit: number): Promise<TillSale[]> {
    const rows = await this.#database(table)
      .where({ state: "open" })
      // As the index has it.
      .whereNull("deleted_at")
      .where("updated_at", "<", before)
      .whereExists(
        this.#database("gateway_order")
          .select(this.#database.raw("1"))
          .whereRaw("gateway_order.session_id = till_sale.session_id")
          .where({ "gateway_order.state": "paid" })
      )
      .orderBy(["updated_at", "id"])
      .limit(limit)
    return rows.map(toTillSale)
  }

  async #first(where: Partial<TillSale>): Promise<TillSale | undefined> {
    const [row] = await this.#database(table).where(where).limit(1)
    return row && toTillSale(row)
  }
}

function toTillSale(row: unknown): TillSale {
  return readRow(table, tillSaleRow, row)
}
