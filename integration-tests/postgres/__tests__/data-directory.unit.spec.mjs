import { chownSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, describe, expect, it } from "@jest/globals"
import { keptData } from "../data-directory.mjs"
import { temporaryFolders } from "./observe.mjs"

const VERSION = "18.4.0-beta.17"
const SOMEBODY = 65534
const folders = temporaryFolders()
afterEach(() => folders.removeAll())

/** @param {string} dataDir @param {string} major */
function makeCluster(dataDir, major) {
  mkdirSync(join(dataDir, "cluster"))
  if (process.getuid?.() === 0) chownSync(join(dataDir, "cluster"), SOMEBODY, SOMEBODY)
  writeFileSync(join(dataDir, "cluster", "PG_VERSION"), `${major}\n`)
}

describe("keptData", () => {
  it("does not make up a new password for data that has another", () => {
    const dataDir = folders.make()
    keptData(dataDir, VERSION)
    makeCluster(dataDir, "18")
    rmSync(join(dataDir, "password"))
    expect(() => keptData(dataDir, VERSION)).toThrow(/password file/)
  })

  it("refuses data that belongs to somebody else, before PostgreSQL does", () => {
    const dataDir = folders.make()
    keptData(dataDir, VERSION)
    makeCluster(dataDir, "18")
    expect(() => keptData(dataDir, VERSION, 4711)).toThrow(
      /belongs to user \d+.*start as that user/
    )
  })

  it("refuses data of another PostgreSQL", () => {
    const dataDir = folders.make()
    keptData(dataDir, VERSION)
    makeCluster(dataDir, "17")
    expect(() => keptData(dataDir, VERSION)).toThrow(
      /made by PostgreSQL 17, and this is PostgreSQL 18/
    )
  })

  it("has one password per folder and leaves no draft of it", () => {
    const dataDir = folders.make()
    const { password, exists } = keptData(dataDir, VERSION)
    expect(exists).toBe(false)
    expect(password).toMatch(/^[0-9a-f]{48}$/)
    expect(keptData(dataDir, VERSION).password).toBe(password)
    expect(readdirSync(dataDir)).toEqual(["password"])
    expect(keptData(folders.make(), VERSION).password).not.toBe(password)
  })
})
