import { describe, expect, it } from "@jest/globals"
import { readJestReport, testLines } from "../jest-report.mjs"

/** @param {Partial<import("../jest-report.mjs").SuiteReport>} parts */
function suite(parts) {
  return {
    name: "a.spec.ts",
    status: /** @type {const} */ ("passed"),
    message: "",
    assertionResults: [],
    ...parts,
  }
}

/** @param {string} status @param {string} [fullName] */
function test(status, fullName = "a test") {
  return { status, fullName }
}

/** @param {import("../jest-report.mjs").SuiteReport[]} testResults @param {number} [exitCode] */
function read(testResults, exitCode = 0) {
  return readJestReport({ report: { testResults }, exitCode, output: "the end of the output" })
}

describe("readJestReport", () => {
  it("counts a jest that wrote no report as a failure and shows what it printed", () => {
    const outcome = readJestReport({ report: undefined, exitCode: 1, output: "Error: globalSetup" })
    expect(outcome).toMatchObject({ passed: 0, failed: 1 })
    expect(outcome.failures[0]).toContain("Error: globalSetup")
  })

  it("counts a file that can't be loaded", () => {
    const outcome = read([suite({ status: "failed", message: "Cannot find module" })], 1)
    expect(outcome).toMatchObject({ passed: 0, failed: 1 })
    expect(outcome.failures).toEqual(["a.spec.ts\nCannot find module"])
  })

  it("counts a file whose tests passed before its afterAll threw", () => {
    const broken = suite({
      status: "failed",
      message: "afterAll",
      assertionResults: [test("passed")],
    })
    expect(read([broken], 1)).toMatchObject({ passed: 1, failed: 1 })
  })

  it("does not let jest fail without a failure", () => {
    const outcome = read([suite({ assertionResults: [test("passed")] })], 1)
    expect(outcome).toMatchObject({ passed: 1, failed: 1 })
    expect(outcome.failures[0]).toContain("the end of the output")
  })

  it("counts each failed test once and keeps the words of its file in full", () => {
    const failing = suite({
      status: "failed",
      message: "● one\n● two\n",
      assertionResults: [test("failed"), test("passed"), test("failed")],
    })
    const outcome = read([failing, suite({ assertionResults: [test("passed")] })], 1)
    expect(outcome).toEqual({
      passed: 2,
      failed: 2,
      skipped: [],
      failures: ["a.spec.ts\n● one\n● two"],
    })
  })

  it("takes the reason of a skipped test from its name, or says that there is none", () => {
    const { skipped, passed } = read([
      suite({
        assertionResults: [
          test("pending", "two instances [skipped: REDIS_URL is not set] share a lock"),
          test("todo", "is written one day"),
          test("passed"),
        ],
      }),
    ])
    expect(passed).toBe(1)
    expect(skipped).toEqual([
      { name: "two instances share a lock", reason: "REDIS_URL is not set" },
      { name: "is written one day", reason: expect.stringContaining("no reason given (todo)") },
    ])
  })
})

describe("testLines", () => {
  it("has a line for each test with how it ended, file by file", () => {
    const testResults = [
      suite({ name: "b.spec.ts", assertionResults: [test("passed", "b pays")] }),
      suite({
        name: "a.spec.ts",
        assertionResults: [test("failed", "a pays"), test("pending", "a waits")],
      }),
    ]
    expect(testLines({ testResults })).toEqual(["✗ a pays", "○ a waits", "✓ b pays"])
  })

  it("has none where jest wrote no report", () => {
    expect(testLines(undefined)).toEqual([])
  })
})
