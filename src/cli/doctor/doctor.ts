/** Looks at a shop from its folder: starts nothing of it, moves no money, and writes nothing. */

import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { ConfigModule, Logger } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { payoutOptionProblems } from "../../modules/payout/options"
import {
  configuredProviders,
  type ConfiguredProvider,
  listedProviders,
} from "../../providers/registry"
import { errorMessage } from "../../shared/errors"
import { addressesOf } from "../../workflows/providers/addresses"
import { askProvider } from "../../workflows/providers/check-provider"
import { configuredBackend } from "../../workflows/providers/provider-report"
import { ownPackage } from "../own-package"
import { installedVersion, loadShop, NoShopError, type Shop } from "../shop"
import { checkConfig, checkOptions } from "./checks/config"
import {
  checkDatabaseClock,
  checkMigrations,
  connectDatabase,
  notConnected,
  checkLocking,
} from "./checks/database"
import { checkKeys, payoutModuleOptions, checkPayouts } from "./checks/payouts"
import { loadOtherGateways, checkProvider } from "./checks/providers"
import { checkReach } from "./checks/reach"
import { checkReturnOrigins } from "./checks/return-origins"
import { checkVersions } from "./checks/version"
import { type CheckName, type Diagnostic, diagnostic } from "./diagnostic"
import { secretHider } from "./secrets"
import { readShopRows, type ShopRows } from "./shop-rows"

export type DoctorInput = {
  /** Of the shop, where its package.json is. */
  folder: string
  /** What is not to be looked at. */
  skip: ReadonlySet<CheckName>
  /** How many servers the shop has, where whoever asks knows. */
  servers?: number
  /** What the shop's own packages log while they are loaded; nowhere without it. */
  log?: Logger
}

/** Everything that was found, in the order in which a person goes about it. Nothing secret. */
export async function diagnose(input: DoctorInput): Promise<Diagnostic[]> {
  const { folder, skip } = input
  const found = versionsOf(folder)
  try {
    const shop = await loadShop(folder)
    const hide = secretHider(shop.config)
    const all = [...found, ...(await lookAt(shop, input))]
    return all
      .filter(({ check }) => !skip.has(check))
      .map((each) => ({
        ...each,
        message: hide(each.message),
        remedy: each.remedy === null ? null : hide(each.remedy),
      }))
  } catch (error) {
    if (!(error instanceof NoShopError)) {
      throw error
    }
    return [...found, diagnostic("config", "fault", error.message, { remedy: error.remedy })]
  }
}

function versionsOf(folder: string): Diagnostic[] {
  const { peerDependencies, engines } = ownPackage()
  return checkVersions(
    {
      medusa: installedVersion(folder, "@medusajs/medusa"),
      framework: installedVersion(folder, "@medusajs/framework"),
      node: process.versions.node,
    },
    { medusa: peerDependencies["@medusajs/medusa"] ?? "", node: engines.node }
  )
}

async function lookAt(shop: Shop, input: DoctorInput): Promise<Diagnostic[]> {
  const { skip, servers } = input
  // First: what is listed of them is then as well known as what is this package's own.
  const others = loadOtherGateways(shop)
  const ofFiles = [
    ...others,
    ...checkConfig(shop),
    ...checkOptions(shop),
    ...checkLocking(shop, servers),
  ]
  const database = skip.has("database") ? undefined : await connected(shop)
  try {
    return [
      ...ofFiles,
      ...(database instanceof Error ? [notConnected(database)] : []),
      ...(database && !(database instanceof Error) ? await ofDatabase(shop, database) : []),
      ...(await ofProviders(shop, database instanceof Error ? undefined : database, input)),
      ...(await ofPayouts(shop, input)),
    ]
  } finally {
    if (database && !(database instanceof Error)) {
      await database.destroy()
    }
  }
}

async function connected({ config }: Shop): Promise<Knex | Error> {
  return await connectDatabase(config).catch((error: unknown) =>
    error instanceof Error ? error : new Error(errorMessage(error))
  )
}

async function ofDatabase(shop: Shop, database: Knex): Promise<Diagnostic[]> {
  const migrations = await looked("migrations", () => checkMigrations(database))
  const isMigrated = migrations.every(({ severity }) => severity === "ok")
  const canHaveKeys =
    isMigrated && payoutOptionProblems(payoutModuleOptions(shop.config)).length === 0
  return [
    diagnostic("database", "ok", "The database is reached"),
    ...migrations,
    ...(await looked("clock", () => checkDatabaseClock(database))),
    ...(canHaveKeys ? await looked("keys", () => checkKeys(shop, database)) : []),
  ]
}

/** Those whose options can be used; what is wrong with the others was said before. */
async function ofProviders(
  shop: Shop,
  database: Knex | undefined,
  { skip, log = silent }: DoctorInput
): Promise<Diagnostic[]> {
  const providers = usableProviders(shop.config)
  const backend = configuredBackend(shop.config) ?? "http://localhost:9000"
  const rows = database && (await shopRows(database, providers))
  const found = await Promise.all(
    providers.map(async (provider) => {
      const check = skip.has("credentials") ? undefined : await askProvider(provider, log)
      const known = rows && "regions" in rows ? rows : undefined
      const { webhooks } = provider.build(() => undefined).capabilities
      const addresses = addressesOf(provider, { webhooks, backend })
      return [
        ...checkProvider(provider, { shop, rows: known, backend, check }),
        ...checkReturnOrigins(provider, shop, backend),
        ...(skip.has("addresses")
          ? []
          : await looked("addresses", () => checkReach(provider, addresses), provider.id)),
      ]
    })
  )
  const unread = rows && "severity" in rows ? [rows] : []
  return [...unread, ...found.flat()]
}

async function shopRows(
  database: Knex,
  providers: readonly ConfiguredProvider[]
): Promise<ShopRows | Diagnostic> {
  return await readShopRows(
    database,
    providers.map(({ id }) => id)
  ).catch((error: unknown) =>
    isWithoutTable(error)
      ? diagnostic("regions", "unknown", "The database has not the tables of a store yet", {
          remedy: "Run npx medusa db:migrate",
        })
      : couldNotLook("regions", error)
  )
}

/** PostgreSQL's `undefined_table`. */
function isWithoutTable(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "42P01"
}

function usableProviders(config: ConfigModule): ConfiguredProvider[] {
  return listedProviders(config).flatMap((entry) => {
    try {
      return configuredProviders({
        modules: { [Modules.PAYMENT]: { options: { providers: [entry] } } },
      })
    } catch {
      return []
    }
  })
}

async function ofPayouts(shop: Shop, { skip, log = silent }: DoctorInput): Promise<Diagnostic[]> {
  if (payoutOptionProblems(payoutModuleOptions(shop.config)).length > 0) {
    return []
  }
  return await looked("options", () => checkPayouts(shop, log, !skip.has("credentials")))
}

/** One look that fails leaves the others. */
async function looked(
  check: CheckName,
  look: () => Promise<Diagnostic[]>,
  provider: string | null = null
): Promise<Diagnostic[]> {
  return await look().catch((error: unknown) => [{ ...couldNotLook(check, error), provider }])
}

function couldNotLook(check: CheckName, error: unknown): Diagnostic {
  return diagnostic(check, "unknown", `It could not be looked at: ${errorMessage(error)}`)
}

const nothing = () => undefined

const silent: Logger = {
  panic: nothing,
  shouldLog: () => false,
  setLogLevel: nothing,
  unsetLogLevel: nothing,
  activity: () => "",
  progress: nothing,
  error: nothing,
  failure: () => ({}),
  success: () => ({}),
  silly: nothing,
  debug: nothing,
  verbose: nothing,
  http: nothing,
  info: nothing,
  warn: nothing,
  log: nothing,
}
