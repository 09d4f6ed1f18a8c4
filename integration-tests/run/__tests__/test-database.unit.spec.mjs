import { describe, expect, it, jest } from "@jest/globals"
import { startPostgres } from "local-postgres"
import { ask } from "../../postgres/__tests__/observe.mjs"
import { settingsOf, testDatabase } from "../test-database.mjs"

// Starts a server, on a machine that may be busy.
jest.setTimeout(60_000)

describe("settingsOf", () => {
  it.each([
    ["127.0.0.1", "localhost"],
    ["::1", "localhost"],
    ["localhost", "localhost"],
    ["db.example", "db.example"],
  ])("gives %s to Medusa's test runner as %s", (host, expected) => {
    expect(settingsOf({ host, port: 5433, user: "me", password: "pw" })).toEqual({
      DB_HOST: expected,
      DB_PORT: "5433",
      DB_USERNAME: "me",
      DB_PASSWORD: "pw",
    })
  })
})

describe("testDatabase", () => {
  it("tells every step that wants it why there is none, and can still be stopped", async () => {
    const database = testDatabase({ DATABASE_URL: "mysql://me@localhost/shop" }, () => {})
    await expect(database.settings()).rejects.toThrow("DATABASE_URL begins with mysql://")
    await expect(database.settings()).rejects.toThrow("DATABASE_URL begins with mysql://")
    await database.stop()
  })

  it("starts nothing when no step wants it", async () => {
    /** @type {string[]} */
    const lines = []
    await testDatabase({}, (line) => lines.push(line)).stop()
    expect(lines).toEqual([])
  })

  it("leaves nothing of the run on somebody else's server, and two runs there do not meet", async () => {
    const server = await startPostgres()
    try {
      const env = { DATABASE_URL: server.url }
      const [one, other] = [testDatabase(env, () => {}), testDatabase(env, () => {})]
      const { TEST_DATABASES: run } = await one.settings()
      const { TEST_DATABASES: otherRun } = await other.settings()
      expect(otherRun).not.toBe(run)
      await server.createDatabase(`${run}_migrated`)
      await server.createDatabase(`${otherRun}_migrated`)
      await one.stop()
      expect(await databases(server.url)).toEqual([`${otherRun}_migrated`])
      await other.stop()
      expect(await databases(server.url)).toEqual([])
    } finally {
      await server.stop()
    }
  })
})

/** @param {string} url */
async function databases(url) {
  const text = await ask(
    url,
    "SELECT string_agg(datname, ' ') FROM pg_database WHERE datname LIKE 'medusa%'"
  )
  return text.split(" ").filter((name) => name !== "" && name !== "null")
}
