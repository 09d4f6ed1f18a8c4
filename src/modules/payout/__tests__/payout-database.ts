import { join } from "node:path"
import {
  createModuleDatabase,
  type ModuleDatabase,
} from "../../../shared/__tests__/module-database"
import { PAYOUT_MODULE } from "../provider"

export type PayoutDatabase = ModuleDatabase

/** @param payouts the plugin's option, as in a store's config */
export async function createPayoutDatabase(
  payouts: Record<string, unknown> = {}
): Promise<PayoutDatabase> {
  return await createModuleDatabase({
    key: PAYOUT_MODULE,
    resolve: join(__dirname, ".."),
    options: { payouts },
  })
}

const tables = [
  "payout_beneficiary",
  "payout_beneficiary_version",
  "payout_transfer",
  "payout_transfer_event",
  "payout_import",
  "payout_file",
  "payout_statement",
  "payout_batch",
  "payout_approval",
  "payout_audit_line",
  "payout_pause",
  "payout_daily_run",
] as const

export async function emptyTables(
  connection: ReturnType<PayoutDatabase["connect"]>
): Promise<void> {
  await connection.raw(tables.map((table) => `delete from ${table}`).join(";"))
}

/**
 * The rows of all tables as they stand at one moment, to be put back later as a backup is: into tables that are new to PostgreSQL, so
 * that the database is in another life.
 */
export async function backUpTables(
  connection: ReturnType<PayoutDatabase["connect"]>
): Promise<() => Promise<void>> {
  const rows: Record<string, unknown>[][] = []
  await connection.transaction(
    async (moment) => {
      for (const table of tables) {
        rows.push(await moment(table))
      }
    },
    { isolationLevel: "repeatable read" }
  )
  return async () => {
    await connection.transaction(async (transaction) => {
      await transaction.raw(`truncate ${tables.join(", ")}`)
      for (const [index, table] of tables.entries()) {
        const kept = rows[index]?.map(withJsonTexts) ?? []
        if (kept.length > 0) {
          await transaction(table).insert(kept)
        }
      }
    })
  }
}

/** As a dump has them: the driver would make lists of PostgreSQL's own of arrays. */
function withJsonTexts(row: Record<string, unknown>): Record<string, unknown> {
  const values = Object.entries(row).map(([name, value]) => {
    const isJson = typeof value === "object" && value !== null && !(value instanceof Date)
    return [name, isJson ? JSON.stringify(value) : value]
  })
  return Object.fromEntries(values)
}

/** Every row of every table, as one text. */
export async function everythingKept(
  connection: ReturnType<PayoutDatabase["connect"]>
): Promise<string> {
  const rows = await Promise.all(tables.map((table) => connection(table).orderBy("id")))
  return JSON.stringify(rows)
}
