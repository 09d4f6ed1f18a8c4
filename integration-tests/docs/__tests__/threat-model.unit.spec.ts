import { readFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "../known"
import { declaresTest, threatsIn } from "../threats"

const threats = threatsIn(readFileSync(join(root, "docs/threat-model.md"), "utf8"))
const lastWords = "What is not stopped here"

describe("the threat model", () => {
  it("has every threat that was thought of", () => {
    expect(threats.map(({ title }) => title)).toEqual([
      "Forged messages",
      "Replayed messages",
      "Floods",
      "SSRF by an option",
      "SSRF by an answer",
      "Open redirect",
      "Mass assignment",
      "IDOR",
      "Personal data in logs and errors",
      "Personal data in rows",
      "Personal data in exports",
      "Timing",
      "ReDoS",
      "Prototype pollution",
      "CSV formulas",
      "One person alone sends money",
      "A restored backup",
      "Secrets that leak",
      "Card data",
      lastWords,
    ])
  })

  it.each(threats.filter(({ title }) => title !== lastWords))(
    "names tests against it that there are: $title",
    ({ tests }) => {
      expect(tests.length).toBeGreaterThan(0)
      const missing = tests.filter(
        ({ file, name }) => !declaresTest(readFileSync(join(root, file), "utf8"), name)
      )
      expect(missing).toEqual([])
    }
  )

  it("would tell of a test whose name was changed, or only stands in a comment", () => {
    const file = 'it("holds", () => {})\nit.each([1])(\n  "holds %s",\n)\n// "held before"'
    expect(declaresTest(file, "holds")).toBe(true)
    expect(declaresTest(file, "holds %s")).toBe(true)
    expect(declaresTest(file, "held")).toBe(false)
    expect(declaresTest(file, "held before")).toBe(false)
  })
})
