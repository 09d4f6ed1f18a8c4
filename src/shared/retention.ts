import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { chosenBy } from "./database"

/** What becomes of the rows of a table as time passes. */
export type Retention =
  /** They are the shop's books, or there is one for each thing that there is. */
  | { keeps: "books" | "one for each" }
  | {
      keeps: "days"
      days: number
      /** The column that identifies a row. */
      id: string
      /** Those of the rows from before then that nobody needs any more. */
      spent(rows: Knex.QueryBuilder, before: Date): Knex.QueryBuilder
    }

/** By the name of the table; all tables of a module. */
export type Retentions = Readonly<Record<string, Retention>>

/** A year, and the time in which its books are closed. */
export const yearAndMore = 400

const dayMs = 24 * 60 * 60_000

/** So many at a time, so that no statement holds locks for long. */
const batch = 1_000

/** Deletes what is older than a module's tables keep it. */
export async function deleteSpentRows(
  database: Knex,
  retentions: Retentions,
  now: Date
): Promise<Map<string, number>> {
  const deleted = new Map<string, number>()
  for (const [table, retention] of Object.entries(retentions)) {
    if (retention.keeps === "days") {
      const count = await deleteSpent(database, table, retention, now)
      if (count > 0) {
        deleted.set(table, count)
      }
    }
  }
  return deleted
}

async function deleteSpent(
  database: Knex,
  table: string,
  { days, id, spent }: Extract<Retention, { keeps: "days" }>,
  now: Date
): Promise<number> {
  const before = new Date(now.getTime() - days * dayMs)
  for (let all = 0; ;) {
    const ids = spent(database(table).select(id), before).limit(batch).forUpdate().skipLocked()
    const deleted = await database(table).where(chosenBy(id, ids)).delete()
    all += deleted
    if (deleted < batch) {
      return all
    }
  }
}
