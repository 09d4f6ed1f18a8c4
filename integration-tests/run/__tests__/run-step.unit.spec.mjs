import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals"
import { runStep } from "../run-step.mjs"
import { chooseSteps } from "../steps.mjs"

// Starts jest itself, on a machine that may be busy.
jest.setTimeout(60_000)

const modules = fileURLToPath(new URL("../../../node_modules", import.meta.url))
/** @type {string[]} */
let printed = []
let root = ""

beforeEach(() => {
  printed = []
  root = mkdtempSync(join(tmpdir(), "run-step-"))
})
afterEach(() => rmSync(root, { recursive: true }))

/** @param {string} file @param {string} text */
function write(file, text) {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

/** @param {Partial<import("../run-step.mjs").Surroundings>} [changes] */
function surroundings(changes) {
  return {
    root,
    env: { PATH: process.env.PATH },
    signal: new AbortController().signal,
    print: (/** @type {string} */ line) => printed.push(line),
    databaseSettings: async () => ({ DB_PORT: "5433" }),
    ...changes,
  }
}

/** @param {string[]} programs */
function checks(...programs) {
  return {
    name: "lint",
    heading: "Lint",
    kind: /** @type {const} */ ("checks"),
    checks: programs.map((program) => ({ name: program, program, arguments: ["."] })),
  }
}

/** @param {Partial<import("../steps.mjs").JestStep>} [changes] */
function jestStep(changes) {
  return {
    name: "unit",
    heading: "Unit",
    kind: /** @type {const} */ ("jest"),
    testType: "unit",
    needsDatabase: false,
    arguments: [],
    ...changes,
  }
}

describe("runStep with checks", () => {
  it("counts each, goes on after a failure and shows what the failed one printed", async () => {
    write("node_modules/bad.js", "console.log('line 3: wrong'); process.exit(2)")
    write("node_modules/good.js", "console.log('all is well')")
    const outcome = await runStep(checks("bad.js", "good.js"), surroundings())
    expect(outcome).toEqual({
      passed: 1,
      failed: 1,
      skipped: [],
      failures: ["bad.js\nline 3: wrong"],
    })
    expect(printed).toEqual(["  FAIL bad.js", "  PASS good.js"])
  })

  it("fails a check whose program is not installed", async () => {
    expect(await runStep(checks("missing.js"), surroundings())).toMatchObject({
      passed: 0,
      failed: 1,
    })
  })

  it("fails when there is nothing to check", async () => {
    expect(await runStep(checks(), surroundings())).toMatchObject({ passed: 0, failed: 1 })
  })

  it("ends a program that would run for ever, with what it started", async () => {
    const forever = "setInterval(() => {}, 1000)"
    write(
      "node_modules/slow.js",
      `require("child_process").fork(__dirname + "/slower.js"); ${forever}`
    )
    write(
      "node_modules/slower.js",
      `require("fs").writeFileSync("pid", String(process.pid)); ${forever}`
    )
    const controller = new AbortController()
    const running = runStep(checks("slow.js"), surroundings({ signal: controller.signal }))
    setTimeout(() => controller.abort(), 500)
    // The output of both is one pipe: the step ends only when the last that holds it has ended.
    expect(await running).toMatchObject({ failed: 1 })
  })
})

describe("runStep with jest", () => {
  beforeEach(() => {
    write("package.json", "{}")
    write("jest.config.js", "module.exports = { testMatch: [`**/${process.env.TEST_TYPE}/*.js`] }")
    symlinkSync(modules, join(root, "node_modules"))
  })

  it("fails when no test is found", async () => {
    expect(await runStep(jestStep(), surroundings())).toMatchObject({ passed: 0, failed: 1 })
  })

  it("reads what passed, failed, was skipped and could not be loaded", async () => {
    write(
      "unit/some.js",
      `it("adds", () => expect(1 + 1).toBe(2))
       it("does not add", () => expect(1 + 1).toBe(3))
       it.skip("waits [skipped: no Redis]", () => {})`
    )
    write("unit/broken.js", 'require("./nowhere")')
    write("other/not-asked-for.js", 'it("fails", () => { throw new Error() })')
    const outcome = await runStep(jestStep(), surroundings())
    expect(outcome).toMatchObject({
      passed: 1,
      failed: 2,
      skipped: [{ name: "waits", reason: "no Redis" }],
    })
    const failures = outcome.failures.join("\n")
    expect(failures).toContain("does not add")
    expect(failures).toContain("Expected: 3")
    expect(failures).toContain("Cannot find module './nowhere'")
  })

  it("hands the database to the steps that need it, and telemetry to none", async () => {
    const specification =
      'expect(process.env.DB_PORT).toBe("5433"); expect(process.env.MEDUSA_DISABLE_TELEMETRY).toBe("1")'
    write("unit/some.js", `it("sees it", () => { ${specification} })`)
    expect(await runStep(jestStep({ needsDatabase: true }), surroundings())).toMatchObject({
      failed: 0,
    })
    expect(await runStep(jestStep(), surroundings())).toMatchObject({ failed: 1 })
  })

  it("fails the step with the reason when there is no database", async () => {
    write("unit/some.js", 'it("passes", () => {})')
    const databaseSettings = () => Promise.reject(new Error("No PostgreSQL here."))
    expect(
      await runStep(jestStep({ needsDatabase: true }), surroundings({ databaseSettings }))
    ).toEqual({ passed: 0, failed: 1, skipped: [], failures: ["No PostgreSQL here."] })
  })

  it("ends a jest that hangs on something the tests left open, and says so", async () => {
    write(
      "unit/some.js",
      'it("passes", () => { require("net").createServer().listen(0, "127.0.0.1") })'
    )
    const outcome = await runStep(jestStep({ arguments: ["--runInBand"] }), surroundings())
    expect(outcome).toMatchObject({ passed: 1, failed: 1 })
    expect(outcome.failures[0]).toContain("left something open")
  })

  it("prints a line for each test and the tables they write, where the step says so", async () => {
    write(
      "unit/tells.js",
      'it("pays", () => { process.stdout.write("| a | table |\\n") })\nit("waits", () => {})'
    )
    await runStep(jestStep({ printsTests: true }), surroundings())
    expect(printed).toEqual(expect.arrayContaining(["  | a | table |", "  ✓ pays", "  ✓ waits"]))
  })

  it("gives each file a process of its own where the step is one after another", async () => {
    const files = ["a", "b", "c"]
    for (const file of files) {
      const note = `require("fs").writeFileSync("${file}.pid", String(process.pid))`
      write(`deep/${file}.js`, `it("runs", () => { ${note} })`)
    }
    for (const deep of chooseSteps("deep")) {
      expect(await runStep(deep, surroundings())).toMatchObject({ passed: 3, failed: 0 })
    }
    const processes = files.map((file) => readFileSync(join(root, `${file}.pid`), "utf8"))
    expect(new Set(processes).size).toBe(3)
  })

  it("says what a process printed last that ended before its tests", async () => {
    write(
      "unit/ends.js",
      `it("ends", () => {
         process.stderr.write("FATAL ERROR: out of memory\\n")
         process.kill(process.pid, "SIGABRT")
       })`
    )
    const own = jestStep({ arguments: ["--maxWorkers=1", "--workerIdleMemoryLimit=1MB"] })
    const outcome = await runStep(own, surroundings())
    expect(outcome).toMatchObject({ passed: 0, failed: 1 })
    expect(outcome.failures.join("\n")).toMatch(/FATAL ERROR: out of memory/)
  })
})
