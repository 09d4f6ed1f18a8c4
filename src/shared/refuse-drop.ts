import type { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Set to `yes`, it lets `db:rollback` drop tables in which payments or payouts are written down. */
export const dropVariable = "REGIONAL_PAYMENTS_DROP_PAYMENTS"

/**
 * For a migration's `down`: Medusa's `db:rollback` takes back the last migration of each module without asking, and these
 * tables are the only place where it stands what a gateway took, and what was sent to it.
 *
 * @param tables those whose rows tell of money; one that is not there counts as empty
 * @throws Error with how many rows there are, and what to set; the database stays as it is
 */
export async function refuseDrop(
  migration: Pick<Migration, "execute">,
  tables: readonly string[],
  env: NodeJS.ProcessEnv = process.env
): Promise<void> {
  if (env[dropVariable] === "yes") {
    return
  }
  const filled: string[] = []
  for (const table of tables) {
    const rows = await rowsOf(migration, table)
    if (rows > 0) {
      filled.push(`${rows} in ${table}`)
    }
  }
  if (filled.length > 0) {
    throw new Error(
      "The tables of medusa-regional-payments were not dropped, because payments are written down in them: " +
        `${filled.join(", ")}. Without these rows no refund, webhook or payout of the past can be matched any more. ` +
        "To roll back another module, name it: npx medusa db:rollback <module>. To drop them all the same, make a backup " +
        `of the database and set ${dropVariable}=yes for the command`
    )
  }
}

async function rowsOf(migration: Pick<Migration, "execute">, table: string): Promise<number> {
  const [found] = await migration.execute(`select to_regclass('"${table}"') is not null as here`)
  if (found?.here !== true) {
    return 0
  }
  const [counted] = await migration.execute(`select count(*)::int as rows from "${table}"`)
  return Number(counted?.rows)
}
