import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals"
import { keep, readKept } from "../launch/kept-json.mjs"
import { keptSecrets } from "../launch/secrets.mjs"

let file = ""
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), "kept-json-")), "data", "kept.json")
})
afterEach(() => rmSync(dirname(dirname(file)), { recursive: true }))

describe("what the demo keeps between its starts", () => {
  it("is nothing before the first", () => {
    expect(readKept(file)).toBeUndefined()
  })

  it("can be read by its owner alone, and leaves no draft beside it", () => {
    keep(file, { orders: [] })
    keep(file, { orders: ["01ABC0"] })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(dirname(file))).toEqual(["kept.json"])
    expect(readKept(file)).toEqual({ orders: ["01ABC0"] })
  })
})

describe("the demo's secrets", () => {
  it("differ from each other, and stay when a new one joins them", () => {
    const before = keptSecrets(file, ["jwt", "cookie"])
    const after = keptSecrets(file, ["jwt", "cookie", "gateway"])
    expect(after).toMatchObject(before)
    expect(new Set(Object.values(after)).size).toBe(3)
  })
})
