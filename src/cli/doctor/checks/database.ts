/** The shop's database: whether it is reached, has the tables of this version, and keeps the time. */
import { join } from "node:path"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { ConfigModule } from "@medusajs/framework/types"
import { ModulesSdkUtils } from "@medusajs/framework/utils"
import { errorMessage } from "../../../shared/errors"
import { pendingMigrations } from "../../../shared/require-tables"
import { hasMemoryLocks } from "../../../workflows/providers/provider-report"
import type { Shop } from "../../shop"
import { type Diagnostic, diagnostic } from "../diagnostic"
import { modulePlace } from "../places"

/** Of the modules that have tables of this package's. */
const migrationFolders = ["payment-journal", "payout"].map((module) =>
  join(__dirname, "../../../modules", module, "migrations")
)

/** A database on the other side of the world answers within. */
const patienceMs = 10_000

/** As Medusa connects, with one connection. @throws Error where it is not reached */
export async function connectDatabase({
  projectConfig,
}: Pick<ConfigModule, "projectConfig">): Promise<Knex> {
  const { databaseUrl, databaseSchema, databaseDriverOptions } = projectConfig
  const { pool: _, ...driverOptions } = { ...databaseDriverOptions }
  const database: Knex = ModulesSdkUtils.createPgConnection({
    clientUrl: databaseUrl ?? "",
    schema: databaseSchema ?? "public",
    driverOptions,
    pool: { min: 0, max: 2, propagateCreateError: true, acquireTimeoutMillis: patienceMs },
  })
  try {
    await database.raw("select 1")
    return database
  } catch (error) {
    await database.destroy()
    throw error
  }
}

/** @param reason why it was not reached */
export function notConnected(reason: unknown): Diagnostic {
  return diagnostic(
    "database",
    "unknown",
    `The database is not reached: ${errorMessage(reason) || "no answer"}`,
    { remedy: "Start it, or mend DATABASE_URL. What is in it was not looked at" }
  )
}

export async function checkMigrations(database: Knex): Promise<Diagnostic[]> {
  const lists = await Promise.all(
    migrationFolders.map((folder) => pendingMigrations(database, folder))
  )
  const pending = lists.flat()
  return [
    pending.length === 0
      ? diagnostic("migrations", "ok", "All migrations were run")
      : diagnostic("migrations", "fault", `These migrations were not run: ${pending.join(", ")}`, {
          remedy: "Run npx medusa db:migrate",
        }),
  ]
}

/** Half of what gateways put up with; two servers further apart than that give rows of one moment two times. */
const mostDriftMs = 60_000

export async function checkDatabaseClock(
  database: Knex,
  now: () => Date = () => new Date()
): Promise<Diagnostic[]> {
  const asked = now().getTime()
  const { rows }: { rows: { now: Date }[] } = await database.raw("select clock_timestamp() as now")
  const answered = now().getTime()
  const there = rows[0]?.now.getTime() ?? Number.NaN
  const ahead = (asked + answered) / 2 - there
  const seconds = Math.round(Math.abs(ahead) / 1000)
  return [
    Math.abs(ahead) <= mostDriftMs + (answered - asked)
      ? diagnostic("clock", "ok", "This machine and the database agree on the time")
      : diagnostic(
          "clock",
          "fault",
          `The clock of this machine is ${seconds} seconds ${ahead > 0 ? "ahead of" : "behind"} the database's`,
          { remedy: "Have both synchronized by NTP" }
        ),
  ]
}

/**
 * Whether Medusa's locks are shared by all servers.
 *
 * @param servers how many there are by what whoever asks says; undefined where they did not
 */
export function checkLocking(
  { config, source }: Pick<Shop, "config" | "source">,
  servers: number | undefined
): Diagnostic[] {
  if (!hasMemoryLocks(config)) {
    return [diagnostic("locking", "ok", "Medusa's locks are shared by all servers")]
  }
  const hint = severalServers(config, servers)
  const remedy =
    "List @medusajs/medusa/locking with a provider that all share, such as @medusajs/medusa/locking-redis. Money is safe " +
    "without it; Medusa's own changes of carts are not"
  const place = modulePlace(source, "@medusajs/medusa/locking")
  return [
    hint === undefined
      ? diagnostic(
          "locking",
          "advice",
          "Medusa's locks are kept in memory, which does for one server",
          {
            place,
          }
        )
      : diagnostic(
          "locking",
          "fault",
          `Medusa's locks are kept in the memory of each server, and ${hint}`,
          { place, remedy }
        ),
  ]
}

/** What says that there is more than one server; undefined where nothing does. */
function severalServers(
  { projectConfig }: Pick<ConfigModule, "projectConfig">,
  servers: number | undefined
): string | undefined {
  if (servers !== undefined) {
    return servers > 1 ? `there are ${servers}` : undefined
  }
  return projectConfig.workerMode === undefined || projectConfig.workerMode === "shared"
    ? undefined
    : `workerMode is "${projectConfig.workerMode}", so that there is another beside this one`
}
