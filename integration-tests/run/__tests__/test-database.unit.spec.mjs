import { describe, expect, it } from "@jest/globals"
import { settingsOf, testDatabase } from "../test-database.mjs"

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
})
