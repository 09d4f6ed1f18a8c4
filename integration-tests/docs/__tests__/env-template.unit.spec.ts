import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gatewayNames, variablesOf } from "../../../src/cli/add/templates"
import { known as readKnown, root } from "../known"

const listed = readFileSync(join(root, "docs/env.template"), "utf8")
  .split("\n")
  .flatMap((line) => /^([A-Z][A-Z0-9_]*)=/.exec(line)?.[1] ?? [])

describe("docs/env.template", () => {
  it.each(gatewayNames)("has each variable that the config of %s reads", (gateway) => {
    const missing = variablesOf({ gateway, id: gateway }).filter((name) => !listed.includes(name))
    expect(missing).toEqual([])
  })

  it("has each variable once, and those that the docs' examples read", () => {
    expect(new Set(listed).size).toBe(listed.length)
    const docs = readKnown().files.filter((path) => /^(?:README|docs\/.*)\.md$/.test(path))
    const read = docs.flatMap((path) =>
      [...readFileSync(join(root, path), "utf8").matchAll(/process\.env\.([A-Z0-9_]+)/g)].map(
        ([, name]) => name ?? ""
      )
    )
    const examples = ["NEXT_PUBLIC_", "PAYOUT_KEY_"]
    const missing = [...new Set(read)]
      .filter((name) => !examples.some((prefix) => name.startsWith(prefix)))
      .filter((name) => !listed.includes(name))
    expect(missing).toEqual([])
  })
})
