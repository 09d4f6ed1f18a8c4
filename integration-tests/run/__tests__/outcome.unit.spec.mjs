import { describe, expect, it } from "@jest/globals"
import { addUp, mustHaveRun, summaryLines } from "../outcome.mjs"

const nothing = { passed: 0, failed: 0, skipped: [], failures: [] }
const skip = { name: "two instances", reason: "REDIS_URL is not set" }

describe("mustHaveRun", () => {
  it("fails a step that ran no test, or only skipped ones", () => {
    expect(mustHaveRun(nothing).failed).toBe(1)
    expect(mustHaveRun({ ...nothing, skipped: [skip] })).toMatchObject({
      failed: 1,
      skipped: [skip],
    })
  })

  it("leaves a step alone that ran something", () => {
    const outcome = { ...nothing, passed: 1 }
    expect(mustHaveRun(outcome)).toBe(outcome)
  })
})

describe("summaryLines", () => {
  it("ends with the counts alone, also when nothing ran", () => {
    expect(summaryLines([]).at(-1)).toBe("0 passed, 0 failed")
  })

  it("adds up the steps in a last line that others can read", () => {
    const lines = summaryLines([
      { step: "types", seconds: 1, outcome: { ...nothing, passed: 3 } },
      { step: "unit", seconds: 2, outcome: { ...nothing, passed: 10, failed: 2 } },
    ])
    expect(lines.at(-1)).toBe("13 passed, 2 failed")
  })

  it("names what was skipped and why", () => {
    const lines = summaryLines([
      { step: "unit", seconds: 1, outcome: { ...nothing, passed: 1, skipped: [skip] } },
    ])
    expect(lines).toContain("  unit: two instances: REDIS_URL is not set")
    expect(lines.at(-1)).toBe("1 passed, 0 failed, 1 skipped")
  })
})

describe("addUp", () => {
  it("keeps every failure and every skip", () => {
    const one = { passed: 1, failed: 1, skipped: [skip], failures: ["why"] }
    expect(addUp([one, nothing, one])).toEqual({
      passed: 2,
      failed: 2,
      skipped: [skip, skip],
      failures: ["why", "why"],
    })
  })
})
