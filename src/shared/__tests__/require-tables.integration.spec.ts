import { join } from "node:path"
import { asValue } from "@medusajs/framework/awilix"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, createMedusaContainer } from "@medusajs/framework/utils"
import { PAYMENT_JOURNAL_MODULE } from "../../modules/payment-journal/module-name"
import { PAYOUT_MODULE } from "../../modules/payout/provider"
import { requireTables } from "../require-tables"
import { createModuleDatabase, type ModuleDatabase } from "./module-database"

const modules = [
  { key: PAYMENT_JOURNAL_MODULE, folder: "payment-journal", table: "gateway_order" },
  { key: PAYOUT_MODULE, folder: "payout", table: "payout_transfer" },
]

describe.each(modules)("The module $key", ({ key, folder, table }) => {
  const resolve = join(__dirname, "../../modules", folder)
  let database: ModuleDatabase
  let connection: Knex

  beforeAll(async () => {
    database = await createModuleDatabase({ key, resolve, options: {} })
    connection = database.connect(2)
  })

  afterAll(async () => {
    await database.drop()
  })

  /** The loader over the module's own models, as Medusa runs it with the module's container. */
  async function start(): Promise<void> {
    const container = createMedusaContainer()
    const { manager } = Object(Reflect.get(Object(database.service), "__container__"))
    container.register(ContainerRegistrationKeys.PG_CONNECTION, asValue(connection))
    container.register(ContainerRegistrationKeys.MANAGER, asValue(manager))
    await requireTables(join(resolve, "migrations"))({ container })
  }

  it("starts on the tables that its migrations made", async () => {
    await expect(start()).resolves.toBeUndefined()
  })

  it("does not start after an upgrade without db:migrate, and names the command and what was not run", async () => {
    const { name } = await connection("mikro_orm_migrations").orderBy("name", "desc").first("name")
    await connection("mikro_orm_migrations").where({ name }).delete()
    await expect(start()).rejects.toThrow(/npx medusa db:migrate/)
    await expect(start()).rejects.toThrow(new RegExp(`were not run: ${name}$`))
    await connection("mikro_orm_migrations").insert({ name, executed_at: new Date() })
    await expect(start()).resolves.toBeUndefined()
  })

  it("does not start where a column or a table that its migrations made is gone, and names it", async () => {
    await connection.schema.alterTable(table, (columns) => columns.renameColumn("id", "elsewhere"))
    await expect(start()).rejects.toThrow(`the column ${table}.id.`)
    await connection.schema.renameTable(table, "elsewhere")
    await expect(start()).rejects.toThrow(`the table ${table}.`)
  })

  it("does not start on an empty database, and names the command", async () => {
    await connection.raw("drop schema public cascade; create schema public")
    await expect(start()).rejects.toThrow(/npx medusa db:migrate.*were not run: Migration\d+/)
  })
})
