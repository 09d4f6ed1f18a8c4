import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, test } from "@jest/globals"
import { packedStore } from "../packed-store.mjs"

describe("the store with the packed plugin", () => {
  const folder = mkdtempSync(join(tmpdir(), "packed-store-"))
  afterAll(() => rmSync(folder, { recursive: true }))

  test("is not written again where it is there, since other shops are starting from it", async () => {
    const build = built("the plugin's")
    const packed = join(folder, "node_modules/medusa-regional-payments")
    mkdirSync(packed, { recursive: true })
    writeFileSync(join(packed, ".content-stamp"), build.stamp)

    await expect(build.make()).resolves.toBe("unchanged")

    expect(readdirSync(folder)).toEqual(["node_modules"])
    expect(readdirSync(packed)).toEqual([".content-stamp"])
  })

  test("is made anew from another build of the plugin", () => {
    expect(built("one").stamp).not.toBe(built("another").stamp)
  })

  /** @param {string} stamp of the plugin */
  function built(stamp) {
    const { plugin } = packedStore(folder)
    if (plugin === undefined) throw new Error("The store has no plugin of its own")
    return plugin({ stamp, env: {}, logs: folder, signal: new AbortController().signal })
  }
})
