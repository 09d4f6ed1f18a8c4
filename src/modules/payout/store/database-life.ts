import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/**
 * Names the present life of the database, as SQL: when its server was started, and in which file the transfers lie. A
 * database that was restored, from a snapshot as from a dump, or whose standby took over, is in another life, whatever
 * its rows say: they may be older than what was sent since.
 */
export const databaseLifeSql =
  "(select pg_postmaster_start_time()::text || ' ' || pg_relation_filenode('payout_transfer')::text)"

export async function databaseLife(database: Knex): Promise<string> {
  const { rows } = await database.raw<{ rows: { life: string }[] }>(
    `select ${databaseLifeSql} as life`
  )
  const [row] = rows
  if (!row) {
    throw new Error("The database did not tell in which life it is")
  }
  return row.life
}
