import { randomUUID } from "node:crypto"
import { knex, type Knex } from "@medusajs/framework/mikro-orm/knex"
import { runMedusa, startChildStore } from "./support/child-store"

jest.setTimeout(600_000)

const toMigrate = /Run `npx medusa db:migrate`, then start it again/

describe("a store whose database or config is not as the plugin needs it", () => {
  const name = `set_up_${randomUUID().replaceAll("-", "")}`
  let server: Knex

  beforeAll(async () => {
    server = knex({ client: "pg", connection: urlOf("postgres"), pool: { min: 0, max: 1 } })
    await server.raw("create database ??", [name])
  })

  afterAll(async () => {
    await server.raw("drop database ?? with (force)", [name])
    await server.destroy()
  })

  it("does not start before db:migrate was run, and says so", async () => {
    const { exitCode, output } = await medusa("start")
    expect(exitCode).not.toBe(0)
    expect(output).toMatch(toMigrate)
    expect(await medusa("db:migrate")).toMatchObject({ exitCode: 0 })
  })

  it("does not start where an upgrade brought migrations that were not run, names them, and starts after db:migrate", async () => {
    // As after an upgrade: all of the plugin's migrations but the last of each module.
    const back = await medusa("db:rollback", "payment_journal", "payout")
    const last = [...new Set(back.output.match(/Migration\d{14}/g))]
    expect(last).toHaveLength(2)
    const { exitCode, output } = await medusa("start")
    expect(exitCode).not.toBe(0)
    expect(output).toMatch(toMigrate)
    for (const name of last) {
      expect(output).toContain(name)
    }
    expect(await medusa("db:migrate")).toMatchObject({ exitCode: 0 })
    await (await startChildStore(urlOf(name))).kill()
  })

  async function medusa(...command: string[]) {
    return await runMedusa(urlOf(name), command)
  }
})

/** On the server that DB_HOST and the others name. */
function urlOf(database: string): string {
  const {
    DB_HOST = "localhost",
    DB_PORT = "5432",
    DB_USERNAME = "postgres",
    DB_PASSWORD = "",
  } = process.env
  const url = new URL(`postgres://${DB_HOST}:${DB_PORT}/${database}`)
  url.username = DB_USERNAME
  url.password = DB_PASSWORD
  return url.href
}
