import { describe, expect, it } from "@jest/globals"
import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { allInTurn, runSteps, sideBySide } from "../run-steps.mjs"
import { STEPS } from "../steps.mjs"

/** @param {string} name @param {string} program @param {boolean} [besidePrevious] */
function check(name, program, besidePrevious) {
  /** @type {import("../steps.mjs").Step} */
  const step = {
    name,
    heading: `Step ${name}`,
    kind: "checks",
    checks: [{ name, program, arguments: [] }],
    besidePrevious,
  }
  return step
}

describe("sideBySide", () => {
  it("puts a step beside the one before it where it says so", () => {
    const steps = [check("a", "x"), check("b", "x", true), check("c", "x"), check("d", "x", true)]
    expect(sideBySide(steps).map((group) => group.map(({ name }) => name))).toEqual([
      ["a", "b"],
      ["c", "d"],
    ])
  })

  it("begins a group with a step that is beside nothing, because it alone was asked for", () => {
    expect(sideBySide([check("b", "x", true)])).toHaveLength(1)
  })

  it("leaves no step of npm test out", () => {
    expect(sideBySide(STEPS).flat()).toEqual(STEPS)
  })
})

describe("allInTurn", () => {
  it("runs all at once and prints them one after the other", async () => {
    /** @type {string[]} */
    const lines = []
    /** @type {Map<string, () => void>} */
    const release = new Map()
    const running = allInTurn(
      ["a", "b", "c"],
      (line) => lines.push(line),
      async (item, print) => {
        print(`${item} begins`)
        await new Promise((resolve) => release.set(item, () => resolve(undefined)))
        print(`${item} ends`)
        return item.toUpperCase()
      }
    )
    expect([...release.keys()]).toEqual(["a", "b", "c"])
    for (const item of ["b", "c"]) {
      release.get(item)?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(lines).toEqual(["a begins"])
    release.get("a")?.()
    expect(await running).toEqual(["A", "B", "C"])
    expect(lines).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"])
  })
})

describe("runSteps", () => {
  it("fails as a whole when one step beside others fails, and tells of each", async () => {
    const root = mkdtempSync(join(tmpdir(), "run-steps-"))
    try {
      mkdirSync(join(root, "node_modules"))
      writeFileSync(join(root, "node_modules/good.js"), "")
      writeFileSync(
        join(root, "node_modules/bad.js"),
        "console.log('what is wrong'); process.exit(2)"
      )
      /** @type {string[]} */
      const lines = []
      const steps = [
        check("one", "good.js"),
        check("two", "bad.js", true),
        check("three", "good.js"),
      ]
      const print = (/** @type {string} */ line) => lines.push(line)
      expect(await runSteps(steps, { root, env: process.env, print })).toBe(1)
      expect(lines.join("\n")).toContain("what is wrong")
      expect(lines.at(-1)).toBe("2 passed, 1 failed")
      expect(await runSteps([check("one", "good.js")], { root, env: process.env, print })).toBe(0)
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  })
})
