import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { capabilityTable } from "../docs/capability-table"
import { gateways } from "./gateways"
import { gatewayName, specName } from "../../src/testing/conformance/support/suite"

const providers = join(__dirname, "../../src/providers")
const notGateways = ["base", "__tests__"]

describe("the gateways", () => {
  it("all have conformance data, a spec, and a name of their own", () => {
    const built = readdirSync(providers, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !notGateways.includes(entry.name))
      .map(({ name }) => name)
    const tested = new Set(gateways.map(({ identifier }) => identifier))
    expect([...tested].sort()).toEqual(built.sort())
    const specs = gateways.map(specName)
    expect(new Set(specs).size).toBe(specs.length)
    expect(specs.filter((name) => !existsSync(join(__dirname, `${name}.spec.ts`)))).toEqual([])
  })

  it("stand in the table of capabilities, a row each", () => {
    const table = capabilityTable(gateways)
    process.stdout.write(`\n${table}\n\n`)
    const names = table.split("\n").slice(2)
    expect(names.map((row) => row.split("|")[1]?.trim())).toEqual(gateways.map(gatewayName))
  })
})
