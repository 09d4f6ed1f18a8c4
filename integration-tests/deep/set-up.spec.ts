import { randomUUID } from "node:crypto"
import { knex, type Knex } from "@medusajs/framework/mikro-orm/knex"
import { runMedusa, startChildStore } from "../http/support/child-store"

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

  it("does not start with options that would lose messages or payouts in silence, and says all that is wrong", async () => {
    const hooks = "https://api.shop.example/hooks"
    const cashy = { merchantId: "1002001", apiKey: "an-api-key", currency: "pkr", payType: 36 }
    const options = { ...cashy, baseUrl: "https://api.cashy.example" }
    const providers = [
      { id: "main", options: { ...options, notifyUrl: `${hooks}/payment/pp_cashy_main` } },
      { id: "my shop", options: { ...options, notifyURL: `${hooks}/payment/cashy_main` } },
    ].map((entry) => ({ resolve: "./src/providers/cashy", ...entry }))
    const { exitCode, output } = await runMedusa(urlOf(name), ["start"], {
      SHOP_PROVIDERS: JSON.stringify(providers),
      SHOP_PAYOUT_OPTIONS: JSON.stringify({ payout: { providers: [] } }),
    })
    expect(exitCode).not.toBe(0)
    expect(output).toContain(
      `It must end in /hooks/payment/cashy_main: ${hooks}/payment/cashy_main`
    )
    expect(output).toContain("id: must be a text of letters, digits")
    expect(output).toContain("notifyURL: no such option; did you mean notifyUrl?")
    expect(output).toContain("payout: no such option; did you mean payouts?")
    expect(output).not.toContain("an-api-key")
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
