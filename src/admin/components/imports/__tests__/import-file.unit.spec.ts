import type { ImportCheck } from "../api"
import { isBrokenOff, mayImport } from "../import-file"

const sum = { provider_id: "po_cashy_cashy", currency_code: "pkr", count: 2, amount: "20.00" }
const good = { sums: [{ ...sum, available: null }], problems: [], imported_before: null }
const faulty = { ...good, problems: [{ line: 3, message: "amount: is missing" }] }
const before = {
  id: "poimp_1",
  file_name: "june.csv",
  created_at: "2026-06-01T00:00:00.000Z",
} as ImportCheck["imported_before"]
const nothing = { allowsPart: false, paysAgain: false }

describe("A file that was checked", () => {
  it("is imported where its lines are good, or the others may be left out", () => {
    expect(mayImport(good, nothing)).toBe(true)
    expect(mayImport(faulty, nothing)).toBe(false)
    expect(mayImport(faulty, { ...nothing, allowsPart: true })).toBe(true)
    expect(mayImport({ ...good, sums: [] }, { allowsPart: true, paysAgain: true })).toBe(false)
  })

  it("is imported once more by whoever says that they looked at the import of the same lines", () => {
    const again = { ...good, imported_before: before }
    expect(mayImport(again, { ...nothing, allowsPart: true })).toBe(false)
    expect(mayImport(again, { ...nothing, paysAgain: true })).toBe(true)
    const faultyAgain = { ...faulty, imported_before: before }
    expect(mayImport(faultyAgain, { ...nothing, paysAgain: true })).toBe(false)
  })
})

const now = Date.parse("2030-01-25T09:00:00.000Z")
const ago = (ms: number) => new Date(now - ms).toISOString()

describe("an import of a file of transfers", () => {
  it.each(["checking", "making"] as const)(
    "that is %s broke off once it has shown no progress for more than a minute",
    (status) => {
      expect(isBrokenOff({ status, updated_at: ago(60_001) }, now)).toBe(true)
      expect(isBrokenOff({ status, updated_at: ago(60_000) }, now)).toBe(false)
      expect(isBrokenOff({ status, updated_at: ago(-5_000) }, now)).toBe(false)
    }
  )

  it.each(["done", "refused"] as const)("that is %s has ended, however long ago", (status) => {
    expect(isBrokenOff({ status, updated_at: ago(86_400_000) }, now)).toBe(false)
  })
})
