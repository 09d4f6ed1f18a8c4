import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "@jest/globals"
import { root } from "../../../demo/launch/paths.mjs"
import { GROUPS } from "../steps.mjs"

/** @param {string} file */
const textOf = (file) => readFileSync(join(root, file), "utf8")

/** What a command of its own runs; the others are a part of `npm test`. */
const named = GROUPS.flat().filter(({ onlyWhenNamed }) => onlyWhenNamed)
/** Jest has no part in it. */
const stranger = "npm run test:stranger"
const commands = ["npm test", ...named.map(({ name }) => `npm run test:${name}`), stranger]

describe("what CI runs", () => {
  it("is all that there is, and nothing else", () => {
    const lines = textOf(".ci/run").split("\n")
    const [install, ...tests] = lines.filter((line) => line.startsWith("npm "))
    expect(install).toBe("npm ci")
    expect(tests.sort()).toEqual([...commands].sort())
    const { scripts } = JSON.parse(textOf("package.json"))
    for (const { name } of named) {
      expect(scripts[`test:${name}`]).toBe(`node integration-tests/run.mjs --only ${name}`)
    }
  })

  it.each(["ci.yml", "release.yml"])("is run by the workflow %s, which has a Redis", (workflow) => {
    const text = textOf(`.github/workflows/${workflow}`)
    const redis = text.indexOf("apt-get install -y --no-install-recommends redis-server")
    expect(redis).toBeGreaterThan(0)
    expect(text.indexOf("run: .ci/run")).toBeGreaterThan(redis)
  })

  it.each(commands)("stands in docs/development.md: %s", (command) => {
    expect(textOf("docs/development.md")).toContain(`| \`${command}\` |`)
  })
})
