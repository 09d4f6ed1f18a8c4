import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals"
import { buildIfChanged, contentStamp } from "../launch/content-stamp.mjs"

let folder = ""
let sources = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "content-stamp-"))
  sources = join(folder, "src")
  mkdirSync(join(sources, "deep"), { recursive: true })
  writeFileSync(join(sources, "a.ts"), "a")
  writeFileSync(join(sources, "deep", "b.ts"), "b")
})
afterEach(() => rmSync(folder, { recursive: true }))

describe("contentStamp", () => {
  it("changes with the content of a file, with its name, and with a new file", () => {
    const stamps = [contentStamp([sources])]
    writeFileSync(join(sources, "deep", "b.ts"), "B")
    stamps.push(contentStamp([sources]))
    renameSync(join(sources, "deep", "b.ts"), join(sources, "deep", "c.ts"))
    stamps.push(contentStamp([sources]))
    writeFileSync(join(sources, "d.ts"), "")
    stamps.push(contentStamp([sources]))
    expect(new Set(stamps).size).toBe(stamps.length)
  })

  it("does not mistake content that moved from one file to the next for the same", () => {
    const before = contentStamp([join(sources, "a.ts"), join(sources, "deep", "b.ts")])
    writeFileSync(join(sources, "a.ts"), "ab")
    writeFileSync(join(sources, "deep", "b.ts"), "")
    expect(contentStamp([join(sources, "a.ts"), join(sources, "deep", "b.ts")])).not.toBe(before)
  })

  it("notices that something which was not there has come", () => {
    const later = join(folder, "later")
    const before = contentStamp([sources, later])
    mkdirSync(later)
    writeFileSync(join(later, "index.ts"), "")
    expect(contentStamp([sources, later])).not.toBe(before)
  })

  it("does not care about tests and about what was built or installed", () => {
    const before = contentStamp([sources])
    for (const name of ["__tests__", "dist", "node_modules"]) {
      mkdirSync(join(sources, name))
      writeFileSync(join(sources, name, "file.ts"), "")
    }
    expect(contentStamp([sources])).toBe(before)
  })

  it("is the same in another clone", () => {
    const before = contentStamp([sources])
    renameSync(sources, join(folder, "elsewhere"))
    mkdirSync(join(folder, "clone"))
    renameSync(join(folder, "elsewhere"), join(folder, "clone", "src"))
    expect(contentStamp([join(folder, "clone", "src")])).toBe(before)
  })
})

describe("buildIfChanged", () => {
  /** @type {string[]} */
  let built = []
  let output = ""
  beforeEach(() => {
    built = []
    output = join(folder, "out")
  })
  /** @param {string} stamp */
  const make = (stamp) =>
    buildIfChanged({
      stamp,
      output,
      build: async () => {
        rmSync(output, { recursive: true, force: true })
        mkdirSync(output)
        built.push(stamp)
      },
    })

  it("builds what was never built", async () => {
    expect(await make("one")).toBe("built")
    expect(built).toEqual(["one"])
  })

  it("builds again after a build that failed", async () => {
    const failing = buildIfChanged({
      stamp: "one",
      output,
      build: async () => {
        mkdirSync(output)
        throw new Error("broken source")
      },
    })
    await expect(failing).rejects.toThrow("broken source")
    expect(await make("one")).toBe("built")
  })

  it("builds again after somebody else has replaced the output", async () => {
    await make("one")
    rmSync(output, { recursive: true })
    mkdirSync(output)
    expect(await make("one")).toBe("built")
  })

  it("builds other content, and leaves the same alone", async () => {
    await make("one")
    expect(await make("two")).toBe("built")
    expect(await make("two")).toBe("unchanged")
    expect(built).toEqual(["one", "two"])
    expect(existsSync(output)).toBe(true)
  })
})
