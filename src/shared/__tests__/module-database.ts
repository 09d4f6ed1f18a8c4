import { randomUUID } from "node:crypto"
import { knex, type Knex } from "@medusajs/framework/mikro-orm/knex"
import { MedusaApp, MedusaModule, type MedusaAppOutput } from "@medusajs/framework/modules-sdk"
import { ContainerRegistrationKeys, createPgConnection } from "@medusajs/framework/utils"

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

export async function createModuleDatabase(module: ModuleUnderTest): Promise<ModuleDatabase> {
  const name = `${module.key}_${randomUUID().replaceAll("-", "")}`
  const server = knex({
    client: "pg",
    connection: databaseUrl("postgres"),
    pool: { min: 0, max: 1 },
  })
  await server.raw("create database ??", [name])
  const url = databaseUrl(name)
  const connections: Knex[] = []
  const connect = (poolSize: number) => {
    const connection = createPgConnection({ clientUrl: url, pool: { min: 0, max: poolSize } })
    connections.push(connection)
    return connection
  }
  const drop = async () => {
    await Promise.all(connections.map((connection) => connection.destroy()))
    await server.raw("drop database ?? with (force)", [name])
    await server.destroy()
  }
  try {
    const medusa = await migratedMedusa(module, url, connect(5))
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

/** A Medusa with this module alone, its tables made as `medusa db:migrate` makes them in a store. */
async function migratedMedusa(
  { key, resolve, options }: ModuleUnderTest,
  clientUrl: string,
  connection: Knex
): Promise<MedusaAppOutput> {
  const store = {
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
  // As `db:migrate` does: until then the module could not be loaded.
  await (await MedusaApp({ ...store, migrationOnly: true })).runMigrations()
  MedusaModule.clearInstances()
  return await MedusaApp(store)
}

function databaseUrl(name: string): string {
  const {
    DB_HOST = "localhost",
    DB_PORT = "5432",
    DB_USERNAME = "postgres",
    DB_PASSWORD,
  } = process.env
  const url = new URL(`postgres://${DB_HOST}:${DB_PORT}/${name}`)
  url.username = DB_USERNAME
  url.password = DB_PASSWORD ?? ""
  return url.href
}
