import { Client } from "@medusajs/framework/pg"

/** The server that DB_HOST and the others name by now, as the driver takes it: a benchmark starts its own and says so then. */
export function testServer() {
  return {
    host: process.env.DB_HOST ?? "localhost",
    port: Number(process.env.DB_PORT ?? 5432),
    user: process.env.DB_USERNAME ?? "postgres",
    password: process.env.DB_PASSWORD ?? "",
  }
}

/** Works in the database of the server that is always there. */
export async function onServer<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ ...testServer(), database: "postgres" })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * Makes a database as a copy of one that was migrated once for all that have the same tables. Whoever comes first migrates it; who comes
 * meanwhile, in another process, waits for it.
 *
 * @param migrated the name of what is copied; who makes it holds PostgreSQL's advisory lock of that name
 * @param name of the new database
 * @param migrate gives the database of that name its tables, and has no connection to it when it ends
 */
export async function copyMigrated(
  migrated: string,
  name: string,
  migrate: (database: string) => Promise<void>
): Promise<void> {
  await onServer(async (client) => {
    await client.query("select pg_advisory_lock(hashtext($1))", [migrated])
    const { rowCount } = await client.query("select from pg_database where datname = $1", [
      migrated,
    ])
    if (rowCount === 0) {
      const draft = `${migrated}_draft`
      await client.query(`create database "${draft}"`)
      await migrate(draft)
      // Only what is whole has the name that the others look for.
      await client.query(`alter database "${draft}" rename to "${migrated}"`)
    }
    await client.query(`create database "${name}" template "${migrated}"`)
  })
}
