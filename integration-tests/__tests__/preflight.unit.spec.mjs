import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals"
import { findProblem } from "../preflight.mjs"

let root = ""
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "preflight-"))
})
afterEach(() => rmSync(root, { recursive: true }))

/** @param {object} packages as in package-lock.json */
function lock(packages) {
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages }))
}

/** @param {object} packages as in package-lock.json */
function install(packages) {
  for (const place of Object.keys(packages)) {
    mkdirSync(join(root, place), { recursive: true })
    writeFileSync(join(root, place, "package.json"), "{}")
  }
  mkdirSync(join(root, "node_modules"), { recursive: true })
  writeFileSync(join(root, "node_modules", ".package-lock.json"), JSON.stringify({ packages }))
}

/** @param {Partial<import("../preflight.mjs").Needs & { nodeVersion: string }>} [facts] */
function problem({ nodeVersion = "20.0.0", need = ["jest"], writable } = {}) {
  return findProblem({ root, nodeVersion }, { need, writable })
}

const zod = { "node_modules/zod": { version: "4.2.0" } }
const jestPackage = { "node_modules/jest": { version: "29.7.0", dev: true } }

describe("preflight", () => {
  it("names the Node it needs, before it looks at anything else", () => {
    expect(problem({ nodeVersion: "18.19.1" })).toMatch(
      /Node 20 or newer and runs on 18\.19\.1.*npm ci$/
    )
  })

  it("says when nothing is installed", () => {
    expect(problem()).toMatch(/node_modules is missing.*npm ci$/)
  })

  it("says when npm was cut short", () => {
    lock(jestPackage)
    install(jestPackage)
    rmSync(join(root, "node_modules", ".package-lock.json"))
    expect(problem()).toMatch(/incomplete.*npm ci$/)
  })

  it("names the package that is missing", () => {
    lock({ ...zod, ...jestPackage })
    install(zod)
    expect(problem()).toMatch(/package jest is not installed.*npm ci/)
  })

  it.each([
    [
      "another version",
      { "node_modules/zod": { version: "4.1.0" } },
      /zod is of version 4\.1\.0 and should be 4\.2\.0/,
    ],
    ["none", {}, /zod is missing and should be 4\.2\.0/],
  ])("says when the lock file wants a package and there is %s", (_case, installed, sentence) => {
    lock({ ...zod, ...jestPackage })
    install({ ...installed, ...jestPackage })
    expect(problem()).toMatch(sentence)
  })

  it("does not miss what npm leaves out on purpose", () => {
    lock({
      "": { version: "0.1.0" },
      demo: { version: "0.1.0" },
      ...jestPackage,
      "node_modules/other-platform": { version: "1.0.0", optional: true },
    })
    install(jestPackage)
    expect(problem({ writable: [".", "demo/.data"] })).toBeUndefined()
  })

  it("says which folder can't be written, also when it does not exist yet", () => {
    lock(jestPackage)
    install(jestPackage)
    // Not even root may write there; on systems without it, the walk up ends at "/".
    const closed = relative(root, "/proc/sys/new")
    expect(problem({ writable: [".", closed] })).toMatch(/can't be written by this user: type /)
  })

  it("ends the program with one sentence and nothing else", () => {
    const folder = join(root, "integration-tests")
    mkdirSync(folder)
    cpSync(
      fileURLToPath(new URL("../preflight.mjs", import.meta.url)),
      join(folder, "preflight.mjs")
    )
    const program = join(folder, "program.mjs")
    writeFileSync(
      program,
      'import { preflight } from "./preflight.mjs"\npreflight({ need: [] })\nconsole.log("on")\n'
    )
    const { status, stdout, stderr } = spawnSync(process.execPath, [program], { encoding: "utf8" })
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" })
    expect(stderr).toBe("node_modules is missing, so nothing is installed yet: type npm ci\n")
  })
})
