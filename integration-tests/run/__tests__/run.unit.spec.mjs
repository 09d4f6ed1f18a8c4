import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals"
import { startPostgres } from "local-postgres"
import { ask } from "../../postgres/__tests__/observe.mjs"
import { outcome, readJestReport, summary } from "../outcome.mjs"
import { runProjects } from "../run-jest.mjs"
import { runSteps } from "../run-steps.mjs"
import { chooseSteps, jestArguments, jestsOf } from "../steps.mjs"
import { testDatabase } from "../test-database.mjs"

describe("chooseSteps", () => {
  it("refuses a name it does not know and lists those it does", () => {
    expect(() => chooseSteps("unit,intergration")).toThrow(
      'There is no step "intergration"; --only takes: types, lint, unit'
    )
    expect(() => chooseSteps("")).toThrow('There is no step ""')
  })

  it("keeps the order of the whole run, and leaves deep and browser out where they are not named", () => {
    const names = (/** @type {string | undefined} */ only) =>
      chooseSteps(only).map((group) => group.map(({ name }) => name))
    expect(names("browser, deep, unit")).toEqual([["unit"], ["deep"], ["browser"]])
    expect(names(undefined)).toEqual([["types", "lint", "unit", "conformance", "modules", "http"]])
  })
})

describe("jestsOf", () => {
  it("gives shops a jest of their own, the long ones with a process for each file, and one worker to what runs beside them", () => {
    expect(jestsOf(["unit", "scripts", "conformance", "modules", "http"])).toEqual([
      ["unit", "scripts", "conformance"],
      ["modules"],
      ["http"],
    ])
    expect(jestsOf(["modules", "http"])).toEqual([["modules"], ["http"]])
    const once = "--workerIdleMemoryLimit=1MB"
    expect(jestArguments(["http"], true)).toEqual(["--maxWorkers=3", "--workerIdleMemoryLimit=2GB"])
    expect(jestArguments(["deep"], false)).toEqual(["--maxWorkers=2", once])
    expect(jestArguments(["cluster"], false)).toEqual(["--maxWorkers=2", once])
    expect(jestArguments(["cluster"], false, "redis://redis")).toEqual(["--maxWorkers=1", once])
    expect(jestArguments(["modules"], true)[0]).toBe("--maxWorkers=1")
    expect(jestArguments(["unit", "scripts"], true)[0]).toBe("--maxWorkers=2")
    expect(jestArguments(["modules"], false)).toEqual([
      "--maxWorkers=3",
      "--workerIdleMemoryLimit=1GB",
    ])
  })
})

describe("readJestReport", () => {
  /** @param {Partial<import("../outcome.mjs").SuiteReport>} parts */
  const suite = (parts) => ({
    name: "a.spec.ts",
    status: /** @type {const} */ ("passed"),
    message: "",
    assertionResults: [{ status: "passed", fullName: "a test" }],
    ...parts,
  })
  /** @param {import("../outcome.mjs").SuiteReport[]} testResults @param {number} exitCode */
  const read = (testResults, exitCode) =>
    readJestReport({ report: { testResults }, exitCode, output: "the end of the output" })

  it("counts each test, and keeps the words of a failed file in full", () => {
    const assertionResults = [
      { status: "failed", fullName: "one" },
      { status: "passed", fullName: "two" },
      { status: "pending", fullName: "three [skipped: REDIS_URL is not set]" },
      { status: "todo", fullName: "four" },
    ]
    expect(read([suite({ status: "failed", message: "● one\n", assertionResults })], 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: ["three [skipped: REDIS_URL is not set]", "four: no reason given (todo)"],
      failures: ["a.spec.ts\n● one"],
      secondRuns: [],
    })
  })

  it.each([
    ["a file that can't be loaded", suite({ status: "failed", assertionResults: [] })],
    ["a file whose afterAll throws", suite({ status: "failed" })],
  ])("counts %s as a failure", (_case, broken) => {
    expect(read([broken], 1).failed).toBe(1)
  })

  it("counts a jest as a failure that fails without a failed test, runs no test or writes no report", () => {
    expect(read([suite({})], 1)).toMatchObject({
      failed: 1,
      failures: [expect.stringContaining("the end of the output")],
    })
    expect(read([], 0).failed).toBe(1)
    const output = "Error: globalSetup"
    expect(readJestReport({ report: undefined, exitCode: 1, output })).toMatchObject({
      failed: 1,
      failures: [expect.stringContaining(output)],
    })
  })

  it("lets a run be skipped as a whole where each test says why, and no other", () => {
    const skipped = (/** @type {string[]} */ ...names) =>
      suite({ assertionResults: names.map((fullName) => ({ status: "pending", fullName })) })
    expect(read([skipped("one [skipped: there is no Redis]")], 0)).toMatchObject({
      passed: 0,
      failed: 0,
      skipped: ["one [skipped: there is no Redis]"],
    })
    expect(read([skipped("one [skipped: there is no Redis]", "two")], 0).failed).toBe(1)
    expect(read([skipped()], 0).failed).toBe(1)
  })
})

describe("summary", () => {
  it("ends with the counts, and says before them what passed only the second time", () => {
    expect(summary(outcome({ passed: 3 }))).toEqual(["", "3 passed, 0 failed"])
    const secondRuns = [{ test: "a.spec.ts: pays", failure: "Error: no order" }]
    expect(summary(outcome({ passed: 3, secondRuns }))).toEqual([
      "\nNEEDED A SECOND RUN: a.spec.ts: pays\nThe first time:\nError: no order",
      "",
      "1 needed a second run",
      "3 passed, 0 failed",
    ])
  })
})

describe("runSteps", () => {
  let root = ""
  /** @type {string[]} */
  let printed = []
  beforeEach(() => {
    printed = []
    root = mkdtempSync(join(tmpdir(), "run-steps-"))
    mkdirSync(join(root, "node_modules"))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  /** @param {Record<string, string>} programs their text, by name */
  const run = (programs) => {
    for (const [name, text] of Object.entries(programs)) {
      writeFileSync(join(root, "node_modules", name), text)
    }
    const group = Object.keys(programs).map((name) => ({
      name,
      checks: [{ name, program: name, arguments: [] }],
    }))
    const print = (/** @type {string} */ line) => void printed.push(...line.split("\n"))
    return runSteps([group], { root, env: process.env, print })
  }

  it("fails as a whole when one of its programs fails, shows what that one wrote and counts last", async () => {
    const bad = "console.log('line 3: wrong'); process.exit(2)"
    expect(await run({ "good.js": "", "bad.js": bad })).toBe(1)
    expect(printed).toContain("line 3: wrong")
    expect(printed.at(-1)).toBe("1 passed, 1 failed")
    expect(await run({ "good.js": "" })).toBe(0)
  })

  it("checks beside all groups of tests, and with less of a priority", async () => {
    mkdirSync(join(root, "node_modules/jest/bin"), { recursive: true })
    const jest = `
      const { writeFileSync } = require("node:fs")
      const [report] = process.argv.filter((arg) => arg.startsWith("--outputFile="))
      const tests = [{ fullName: "adds", status: "passed" }]
      const file = { name: "a.spec.mjs", status: "passed", message: "", assertionResults: tests }
      writeFileSync(report.slice("--outputFile=".length), JSON.stringify({ testResults: [file] }))
      writeFileSync(process.env.TEST_TYPE, "")`
    writeFileSync(join(root, "node_modules/jest/bin/jest.js"), jest)
    // It ends once the second group has run; the first comes to it before.
    const check = `
      const { existsSync } = require("node:fs")
      const { constants, getPriority } = require("node:os")
      const gaveWay = () => getPriority() >= constants.priority.PRIORITY_BELOW_NORMAL
      const parent = process.ppid
      setInterval(() => {
        if (existsSync("conformance") && gaveWay()) process.exit(0)
        if (process.ppid !== parent) process.exit(1)
      }, 10)`
    writeFileSync(join(root, "node_modules/check.js"), check)
    const checks = [{ name: "check", program: "check.js", arguments: [] }]
    const groups = [
      [
        { name: "lint", checks },
        { name: "unit", projects: ["scripts"] },
      ],
      [{ name: "conformance", projects: ["conformance"] }],
    ]
    const print = (/** @type {string} */ line) => void printed.push(line)
    expect(await runSteps(groups, { root, env: process.env, print })).toBe(0)
    expect(printed.at(-1)).toBe("3 passed, 0 failed")
  })

  it("is interrupted with all that it started", async () => {
    const forever = "setInterval(() => {}, 1000)"
    writeFileSync(join(root, "node_modules", "child.js"), forever)
    const parent = `require("child_process").fork(__dirname + "/child.js"); ${forever}`
    setTimeout(() => process.emit("SIGTERM"), 500)
    // Both hold the pipe that is read: it ends when the last of them has ended.
    expect(await run({ "parent.js": parent })).toBe(130)
    expect(printed.at(-1)).toMatch(/^0 passed, \d failed$/)
  })
})

describe("runProjects", () => {
  const a = "/shop/a.spec.ts"
  const b = "/shop/b.spec.ts"
  const failure = "Error: no order within ten seconds\n    at a.spec.ts:7"
  let root = ""
  /** @type {string[]} */
  let printed = []
  /** @type {() => Promise<NodeJS.ProcessEnv>} */
  let databaseSettings
  beforeEach(() => {
    printed = []
    databaseSettings = async () => ({})
    root = mkdtempSync(join(tmpdir(), "run-projects-"))
    mkdirSync(join(root, "node_modules/jest/bin"), { recursive: true })
  })
  afterEach(() => rmSync(root, { recursive: true }))

  /** @param {string} name @param {Record<string, string>} tests their results, by name */
  const file = (name, tests) => {
    const assertionResults = Object.entries(tests).map(([fullName, status]) => ({
      fullName,
      status,
      failureMessages: status === "failed" ? [failure] : [],
    }))
    const isFailed = Object.values(tests).includes("failed")
    return { name, status: isFailed ? "failed" : "passed", message: failure, assertionResults }
  }

  /** @param {string[]} projects @param {ReturnType<typeof file>[][]} runs what each jest reports, in their order */
  const run = async (projects, ...runs) => {
    const program = `
      const { appendFileSync, existsSync, readFileSync, writeFileSync } = require("node:fs")
      const asked = ${JSON.stringify(join(root, "asked"))}
      const before = existsSync(asked) ? readFileSync(asked, "utf8").trim().split("\\n").length : 0
      appendFileSync(asked, process.argv.slice(2).join(" ") + "\\n")
      const testResults = ${JSON.stringify(runs)}[before]
      const report = process.argv.find((arg) => arg.startsWith("--outputFile="))
      writeFileSync(report.slice("--outputFile=".length), JSON.stringify({ testResults }))
      process.exitCode = testResults.some(({ status }) => status === "failed") ? 1 : 0`
    writeFileSync(join(root, "node_modules/jest/bin/jest.js"), program)
    const result = await runProjects(projects, {
      root,
      env: process.env,
      print: (line) => void printed.push(line),
      signal: new AbortController().signal,
      databaseSettings,
    })
    const asked = readFileSync(join(root, "asked"), "utf8").trim().split("\n")
    return { result, again: asked.slice(1) }
  }

  it("runs a failed file of a real Medusa once more, alone, and tells what failed at first", async () => {
    const { result, again } = await run(
      ["http"],
      [file(a, { pays: "failed", refunds: "passed" }), file(b, { sells: "passed" })],
      [file(a, { pays: "passed", refunds: "passed" })]
    )
    expect(again).toEqual([expect.stringContaining(`--runTestsByPath ${a} --maxWorkers=1`)])
    expect(result).toEqual({
      passed: 3,
      failed: 0,
      skipped: [],
      failures: [],
      secondRuns: [{ test: `${a}: pays`, failure }],
    })
    expect(printed).toContain(`AGAIN, alone: ${a}`)
  })

  it("fails with both failures where a file fails twice, whichever of its tests", async () => {
    const { result } = await run(
      ["modules"],
      [file(a, { pays: "failed", refunds: "passed" }), file(b, { sells: "failed" })],
      [file(a, { pays: "passed", refunds: "failed" })],
      [file(b, { sells: "passed" })]
    )
    expect(result).toMatchObject({
      passed: 2,
      failed: 1,
      failures: [
        expect.stringContaining("the first time"),
        expect.stringContaining("The second time"),
      ],
      secondRuns: [{ test: `${b}: sells` }],
    })
  })

  it.each([
    ["is not run", {}],
    ["is skipped", { pays: "pending" }],
  ])("fails where a test that failed %s the second time", async (_case, tests) => {
    const { result } = await run(
      ["deep"],
      [file(a, { pays: "failed" })],
      [file(a, { refunds: "passed", ...tests })]
    )
    expect(result).toMatchObject({ failed: 1, secondRuns: [] })
    expect(result.failures[0]).toContain("The second time these were not run:\npays")
  })

  it("tells of a file that failed outside its tests, and passed the second time", async () => {
    const { result } = await run(
      ["cluster"],
      [{ ...file(a, {}), status: "failed" }],
      [file(a, { pays: "passed" })]
    )
    expect(result).toMatchObject({
      passed: 1,
      failed: 0,
      secondRuns: [{ test: `${a}, outside its tests`, failure }],
    })
  })

  it("runs nothing again where more failed than a busy machine explains", async () => {
    const files = [..."abcdef"].map((name) => file(`/shop/${name}.spec.ts`, { pays: "failed" }))
    const { result, again } = await run(["http"], files)
    expect(again).toEqual([])
    expect(result).toMatchObject({ failed: 6, secondRuns: [] })
  })

  it("runs nothing again where no server is asked", async () => {
    const { result, again } = await run(["unit", "conformance"], [file(a, { adds: "failed" })])
    expect(again).toEqual([])
    expect(result).toMatchObject({ failed: 1, secondRuns: [] })
  })

  it("runs what needs no database also where there is none, and says why there is none", async () => {
    databaseSettings = async () => await Promise.reject(new Error("Port 5432 is taken"))
    const { result } = await run(["unit", "modules"], [file(a, { adds: "passed" })])
    expect(result).toMatchObject({
      passed: 1,
      failed: 1,
      failures: ["modules: Port 5432 is taken"],
    })
  })
})

describe("testDatabase", () => {
  it("says why there is none as often as it is asked, and can still be stopped", async () => {
    const database = testDatabase({ DATABASE_URL: "mysql://me@localhost/shop" }, () => {})
    for (let time = 1; time <= 2; time += 1) {
      await expect(database.settings()).rejects.toThrow("DATABASE_URL begins with mysql://")
    }
    await database.stop()
  })

  it("leaves nothing of a run on somebody else's server, and two runs there do not meet", async () => {
    const server = await startPostgres()
    const names = async () =>
      await ask(
        server.url,
        "SELECT coalesce(string_agg(datname, ' '), '') FROM pg_database WHERE datname LIKE 'medusa%'"
      )
    try {
      const env = { DATABASE_URL: server.url }
      const [one, other] = [testDatabase(env, () => {}), testDatabase(env, () => {})]
      const { TEST_DATABASES: run } = await one.settings()
      const { TEST_DATABASES: otherRun } = await other.settings()
      await server.createDatabase(`${run}_migrated`)
      await server.createDatabase(`${otherRun}_migrated`)
      await one.stop()
      expect(await names()).toBe(`${otherRun}_migrated`)
      await other.stop()
      expect(await names()).toBe("")
    } finally {
      await server.stop()
    }
  })
})
