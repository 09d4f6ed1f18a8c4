import { describe, expect, it } from "@jest/globals"
import { databaseFrom, parseDatabaseUrl } from "../database-from.mjs"
import { ask } from "./observe.mjs"

describe("parseDatabaseUrl", () => {
  it.each([
    ["no URL", "localhost:hunter2/shop x"],
    ["another database's URL", "mysql://me:hunter2@localhost/shop"],
    ["a URL without a host", "postgres:///hunter2"],
    ["a URL without a user", "postgres://localhost/hunter2"],
    ["a URL without a database", "postgres://me:hunter2@localhost"],
  ])("refuses %s, shows the form and does not repeat the password", (_case, text) => {
    /** @type {unknown} */
    let thrown
    try {
      parseDatabaseUrl(text)
    } catch (error) {
      thrown = error
    }
    expect(String(thrown)).toContain("postgres://user:password@localhost:5432/name")
    expect(String(thrown)).not.toContain("hunter2")
  })

  it("reads the parts, decoded", () => {
    const database = parseDatabaseUrl("postgresql://sh%40p:p%2Fw@[::1]:6543/store?sslmode=disable")
    expect(database).toMatchObject({ host: "::1", port: 6543, user: "sh@p", password: "p/w" })
    expect(parseDatabaseUrl("postgres://me@db.local/store")).toMatchObject({
      port: 5432,
      password: "",
    })
  })

  it("names another database on the same server and keeps the parameters", () => {
    const { databaseUrl } = parseDatabaseUrl(
      "postgres://me:pw@localhost:6543/store?sslmode=disable"
    )
    expect(databaseUrl("my shop")).toBe("postgres://me:pw@localhost:6543/my%20shop?sslmode=disable")
  })
})

describe("databaseFrom", () => {
  it("says where nobody answers, without the password", async () => {
    const env = { DATABASE_URL: "postgres://me:hunter2@localhost:1/store" }
    const refused = databaseFrom(env)
    await expect(refused).rejects.toThrow(
      /No connection to PostgreSQL at localhost:1 as "me": .*ECONNREFUSED/
    )
    await expect(refused).rejects.not.toThrow(/hunter2/)
  })

  it("starts a server where DATABASE_URL is not set, and uses it where it is", async () => {
    const own = await databaseFrom({ DATABASE_URL: "" })
    try {
      const named = await databaseFrom({ DATABASE_URL: own.url })
      await named.createDatabase("store")
      await named.stop() // somebody else's: it goes on
      expect(await ask(own.databaseUrl("store"), "SELECT current_database()")).toBe("store")
    } finally {
      await own.stop()
    }
  })
})
