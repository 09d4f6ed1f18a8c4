import { readdirSync } from "node:fs"
import { join } from "node:path"
import { DmlEntity } from "@medusajs/framework/utils"
import { classification, columnsOf, dataKinds } from "../personal-data"

/** What Medusa adds to each table: its own id, and when the row was written. */
const ofEveryTable = /^(?:id|(?:created|updated|deleted)_at)$/

const models = ["payment-journal", "payout"].flatMap((module) => {
  const folder = join(__dirname, "../../../src/modules", module, "models")
  return readdirSync(folder).flatMap((file) => {
    const exported = jest.requireActual<Record<string, unknown>>(join(folder, file))
    return Object.values(exported).flatMap((value) =>
      DmlEntity.isDmlEntity(value) ? [value.parse()] : []
    )
  })
})

describe("the classification of what is kept of people", () => {
  it("has every table, and no other", () => {
    expect(models.map(({ tableName }) => tableName).sort()).toEqual(
      Object.keys(classification).sort()
    )
  })

  it.each(models.map((model) => [model.tableName, model.schema] as const))(
    "has each column of %s once",
    (name, schema) => {
      const table = classification[name]
      const classified = dataKinds.flatMap((kind) => (table ? columnsOf(table, kind) : []))
      const columns = Object.keys(schema).filter(
        (column) => !ofEveryTable.test(column) && !isExactAmount(column, schema)
      )
      expect(classified.sort()).toEqual(columns.sort())
    }
  )

  it("says of each table with something of a customer's what an erasure does with it", () => {
    const silent = Object.entries(classification).filter(
      ([, table]) => (table.person ?? table.pseudonym) && table.erasure === undefined
    )
    expect(silent.map(([name]) => name)).toEqual([])
  })
})

/** What Medusa adds to an amount: its exact text. */
function isExactAmount(column: string, schema: object): boolean {
  return column.startsWith("raw_") && Object.hasOwn(schema, column.slice("raw_".length))
}
