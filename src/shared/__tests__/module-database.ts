import { randomBytes } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { MedusaApp, MedusaModule, type MedusaAppOutput } from "@medusajs/framework/modules-sdk"
import { ContainerRegistrationKeys, createPgConnection } from "@medusajs/framework/utils"
import { copyMigrated, onServer, testServer } from "./migrated-copy"

/** A module of this plugin, as a store has it. */
export type ModuleUnderTest = {
  key: string
  /** Its folder. */
  resolve: string
  options?: Record<string, unknown>
}

/** A database of its own on the server that DB_HOST and the others name, with the module's tables. */
export type ModuleDatabase = {
  /** The module's service, as Medusa's container gives it. */
  service: unknown
  /** Medusa's way to read the tables, as admin routes and the dashboard have it. */
  query: MedusaAppOutput["query"]
  /** A connection as Medusa makes it for a server of the shop. */
  connect(poolSize: number): Knex
  url: string
  drop(): Promise<void>
}

/**
 * A copy of the module's migrated database of this run, which the first spec that needs it makes. TEST_DATABASES is how
 * the names of the run's databases begin; without it, a spec run by itself, there is one to copy for this spec alone.
 */
export async function createModuleDatabase(
  module: ModuleUnderTest,
  run = process.env.TEST_DATABASES
): Promise<ModuleDatabase> {
  const id = randomBytes(6).toString("hex")
  const template = `${run ?? `module_test_${id}`}_${module.key}`
  const name = `${template}_${id}`
  await copyMigrated(template, name, (draft) => migrate(module, databaseUrl(draft)))
  const url = databaseUrl(name)
  const connections: Knex[] = []
  const connect = (poolSize: number) => {
    const connection = createPgConnection({ clientUrl: url, pool: { min: 0, max: poolSize } })
    connections.push(connection)
    return connection
  }
  const drop = async () => {
    await Promise.all(connections.map((connection) => connection.destroy()))
    await onServer(async (client) => {
      for (const each of run === undefined ? [name, template] : [name]) {
        await client.query(`drop database if exists "${each}" with (force)`)
      }
    })
  }
  try {
    const medusa = await MedusaApp(storeWith(module, url, connect(5)))
    return {
      service: medusa.modules[module.key],
      query: medusa.query,
      url,
      connect,
      async drop() {
        await medusa.onApplicationPrepareShutdown()
        await medusa.onApplicationShutdown()
        MedusaModule.clearInstances()
        await drop()
      },
    }
  } catch (error) {
    await drop()
    throw error
  }
}

/** As `medusa db:migrate` makes the module's tables in a store. Until then the module could not be loaded. */
async function migrate(module: ModuleUnderTest, url: string): Promise<void> {
  const connection = createPgConnection({ clientUrl: url, pool: { min: 0, max: 5 } })
  try {
    const store = storeWith(module, url, connection)
    await (await MedusaApp({ ...store, migrationOnly: true })).runMigrations()
    MedusaModule.clearInstances()
  } finally {
    await connection.destroy()
  }
}

/** A Medusa with this module alone. */
function storeWith(
  { key, resolve, options }: ModuleUnderTest,
  clientUrl: string,
  connection: Knex
) {
  return {
    modulesConfig: {
      [key]: {
        resolve,
        options,
        // What a store's app loader adds for each module of a plugin.
        definition: { key, label: key, isQueryable: true },
      },
    },
    sharedResourcesConfig: { database: { clientUrl } },
    injectedDependencies: { [ContainerRegistrationKeys.PG_CONNECTION]: connection },
  }
}

function databaseUrl(name: string): string {
  const { host, port, user, password } = testServer()
  const url = new URL(`postgres://${host}:${port}/${name}`)
  url.username = user
  url.password = password
  return url.href
}
