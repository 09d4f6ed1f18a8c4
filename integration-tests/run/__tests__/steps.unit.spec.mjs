import { describe, expect, it } from "@jest/globals"
import { chooseSteps, STEPS } from "../steps.mjs"

describe("chooseSteps", () => {
  it("refuses a name it does not know and lists those it does", () => {
    expect(() => chooseSteps("unit,intergration")).toThrow(
      'There is no step "intergration"; --only takes: types, lint, unit'
    )
    expect(() => chooseSteps("")).toThrow('There is no step ""')
  })

  it("keeps the order of the whole run", () => {
    expect(chooseSteps("integration, unit").map(({ name }) => name)).toEqual([
      "unit",
      "integration",
    ])
  })

  it("takes all steps when none is named", () => {
    expect(chooseSteps(undefined)).toBe(STEPS)
  })

  it("gives the proofs of the deep step a database and a process each, and tells of each", () => {
    expect(chooseSteps("deep")).toEqual([
      expect.objectContaining({
        testType: "deep",
        needsDatabase: true,
        printsTests: true,
        arguments: expect.arrayContaining(["--workerIdleMemoryLimit=1MB"]),
      }),
    ])
  })
})
