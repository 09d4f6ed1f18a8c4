import { readdir } from "node:fs/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { LoaderOptions } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"

/** Where mikro-orm notes which migrations were run, those of all modules of a store in one table. */
const migrationsTable = "mikro_orm_migrations"

/** As mikro-orm looks for migrations in a folder; a migration is called as its file is, without the ending. */
const migrationFile = /^(?!.*\.d\.ts$)(.+)\.(?:js|ts|cjs)$/

/** Tables with the columns that the models of a module have. */
type Columns = ReadonlyMap<string, readonly string[]>

/**
 * A module's loader that stops the boot while the database has not the tables of this version of the plugin: before
 * the first `db:migrate`, or after an upgrade without one.
 *
 * Medusa runs it wherever the module is loaded to be used (`start`, `develop`, `exec`, and the scripts after the
 * migrations of `db:migrate`). `db:migrate` itself, `db:generate`, `plugin:db:generate` and `build` load no module so
 * far. An `onApplicationStart` hook would come later, and Medusa drops what it throws.
 *
 * @param migrationsFolder the module's own
 * @returns a loader that throws MedusaError unexpected_state with what is missing, and what to do
 */
export function requireTables(
  migrationsFolder: string
): (options: LoaderOptions<Record<string, unknown>>) => Promise<void> {
  return async function requireTablesOf({ container }) {
    const database: Knex = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    const pending = await pendingMigrations(database, migrationsFolder)
    if (pending.length > 0) {
      throw notMigrated(pending)
    }
    const missing = await missingColumns(
      database,
      columnsOf(container.resolve(ContainerRegistrationKeys.MANAGER))
    )
    if (missing.length > 0) {
      throw damaged(missing)
    }
  }
}

/** The names of the migrations in a module's folder that were not run on the database. */
export async function pendingMigrations(database: Knex, folder: string): Promise<string[]> {
  const files = await readdir(folder)
  const shipped = files.flatMap((file) => migrationFile.exec(file)?.[1] ?? []).sort()
  if (!(await database.schema.hasTable(migrationsTable))) {
    return shipped
  }
  const run: string[] = await database(migrationsTable).whereIn("name", shipped).pluck("name")
  return shipped.filter((name) => !run.includes(name))
}

/** What mikro-orm's entity manager knows of the models, as far as it is read here. */
type EntityManager = {
  getMetadata(): { getAll(): Record<string, EntityMetadata> }
}

type EntityMetadata = {
  tableName: string
  props: readonly { persist?: boolean; fieldNames?: readonly string[] }[]
}

function columnsOf(manager: EntityManager): Columns {
  const entities = Object.values(manager.getMetadata().getAll())
  return new Map(
    entities.map(({ tableName, props }) => [
      tableName,
      props.flatMap(({ persist, fieldNames }) => (persist === false ? [] : (fieldNames ?? []))),
    ])
  )
}

/** Of the tables that an unqualified name means on this connection. */
async function missingColumns(database: Knex, wanted: Columns): Promise<string[]> {
  const rows: { table_name: string; column_name: string }[] = await database
    .withSchema("information_schema")
    .from("columns")
    .whereRaw("table_schema = any (current_schemas(false))")
    .whereIn("table_name", [...wanted.keys()])
    .select("table_name", "column_name")
  const found = new Set(rows.map((row) => `${row.table_name}.${row.column_name}`))
  return [...wanted].flatMap(([table, columns]) => {
    const missing = columns.filter((column) => !found.has(`${table}.${column}`))
    return missing.length === columns.length
      ? [`the table ${table}`]
      : missing.map((column) => `the column ${table}.${column}`)
  })
}

function notMigrated(pending: readonly string[]): MedusaError {
  return new MedusaError(
    MedusaError.Types.UNEXPECTED_STATE,
    "The database does not have the tables of this version of medusa-regional-payments yet, so the store does not " +
      "start. Run `npx medusa db:migrate`, then start it again. These migrations were not run: " +
      pending.join(", ")
  )
}

function damaged(missing: readonly string[]): MedusaError {
  return new MedusaError(
    MedusaError.Types.UNEXPECTED_STATE,
    "All migrations of medusa-regional-payments are noted as run, yet the database lacks what they make: " +
      `${missing.join(", ")}. So the store does not start. Was only a part of a backup restored? Restore all of it`
  )
}
