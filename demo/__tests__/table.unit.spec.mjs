import { describe, expect, it } from "@jest/globals"
import { table, wrap } from "../tour/table.mjs"

describe("the tour's table", () => {
  it("cuts a word that is longer than its column, and loses nothing of it", () => {
    expect(wrap("ref 01M7Y4S9VQDRYDMK14JK1Z721N0.", 10)).toEqual([
      "ref",
      "01M7Y4S9VQ",
      "DRYDMK14JK",
      "1Z721N0.",
    ])
  })

  it("breaks between words and fills its lines", () => {
    expect(wrap("one two three four", 9)).toEqual(["one two", "three", "four"])
    expect(wrap("", 9)).toEqual([""])
  })

  it("keeps lines apart that are apart", () => {
    expect(wrap("not 1.00\n2.00", 20)).toEqual(["not 1.00", "2.00"])
  })

  it("fits on a hundred columns, whatever a gateway says", () => {
    const refunded =
      "1.00 refused: this gateway can only refund a payment as a whole, not a part of it"
    const lines = table([{ gateway: "Acme", paid: "100.00 PHP", refunded }]).split("\n")
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100)
    expect(lines[2]).toMatch(/^Acme +100\.00 PHP +- +1\.00 refused: .* -$/)
    expect(lines[3]).toMatch(/^ +\S/)
  })
})
