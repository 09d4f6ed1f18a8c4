import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** The time for what several servers agree on, such as the end of a lease. */
export type Clock = (database: Knex) => Promise<Date>

/** The database's own, because the servers' need not agree: one that is ahead would end what another still holds. */
export const databaseClock: Clock = async (database) => {
  const { rows } = await database.raw<{ rows: { now: Date }[] }>("select clock_timestamp() as now")
  const [row] = rows
  if (!row) {
    throw new Error("The database did not tell its time")
  }
  return row.now
}
