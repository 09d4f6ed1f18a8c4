import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { refusals } from "../../../src/shared/refusals"
import { tableInCode } from "../code-table"
import { storeCodes } from "../error-tables"
import { optionTable } from "../option-tables"
import { statusTables } from "../status-tables"
import { readPage, tables } from "../tables"

it.each(Object.keys(tables))(
  "%s says what the code says; npm run docs:tables writes its tables",
  (path) => {
    const { text, written } = readPage(path)
    expect(text).toBe(written)
  }
)

describe("a table of options", () => {
  it("has what must be set first, and what goes for an option that is left out", () => {
    const table = optionTable({
      timeoutMs: z.number().default(15_000).describe("In milliseconds."),
      feeRate: z.string().optional().describe("On top."),
      paths: z.object({}).prefault({}).describe("Other paths."),
      apiKey: z.string().describe("Your key."),
    })
    expect(table.split("\n").slice(2)).toEqual([
      "| `apiKey` | required | Your key. |",
      "| `timeoutMs` | `15000` | In milliseconds. |",
      "| `feeRate` | | On top. |",
      "| `paths` | | Other paths. |",
    ])
  })

  it("is not written while an option says nothing about itself", () => {
    expect(() => optionTable({ apiKey: z.string() })).toThrow(
      "The option apiKey has no description"
    )
  })
})

describe("a table of statuses", () => {
  it("has each word of the code with the note beside it, and what any other word means", () => {
    expect(statusTables("cashy").split("\n")).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^\| `SUCCESS` \| `captured`: paid, the order is placed \| final \|$/
        ),
        expect.stringMatching(/^\| anything else \| `pending`: .* \| Assumption: a status that is/),
      ])
    )
  })

  it("is not found by a name that the code does not have", () => {
    expect(() => tableInCode("src/gateways/cashy/statuses.ts", "orderStatuses")).toThrow(
      "src/gateways/cashy/statuses.ts has no table orderStatuses"
    )
  })

  it("is read with the notes above its rows as well as with those beside them", () => {
    const { rows } = tableInCode("src/providers/base/medusa-status.ts", "rows")
    expect(rows.find(({ key }) => key === "failed")?.note).toMatch(/^The shopper may choose again/)
    expect(rows.find(({ key }) => key === "paid")?.note).toBe("")
  })
})

describe("the table of what the store answers", () => {
  it("has each code of the guards of the store's routes", () => {
    const guards = join(__dirname, "../../../src/api/guards")
    const codes = readdirSync(guards)
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => [
        ...readFileSync(join(guards, file), "utf8").matchAll(/\bcode: "([a-z_]+)"/g),
      ])
      .flatMap(([, code]) => code ?? [])
      .filter((code) => !Object.hasOwn(refusals, code)) // which have a table of their own
    expect([...new Set(codes)].sort()).toEqual(Object.keys(storeCodes).sort())
  })
})
