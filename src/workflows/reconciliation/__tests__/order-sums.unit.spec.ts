import fc from "fast-check"
import { decideSums } from "../order-sums"

/** As Medusa writes them: each amount as a number and exactly. */
function totalsOf(amounts: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(amounts).flatMap(([name, value]) => [
      [name, Number(value)],
      [`raw_${name}`, { value, precision: 20 }],
    ])
  )
}

const shownOf = (moved: string, pending: string) =>
  totalsOf({ transaction_total: moved, pending_difference: pending, current_order_total: "60" })

describe("what Medusa has to show of an order's money", () => {
  it("is left as it is where it is the sum of the transactions", () => {
    const shown = { totals: shownOf("60", "0"), amounts: ["100", "-40.00"] }
    expect(decideSums(shown)).toBeUndefined()
    expect(decideSums({ totals: shownOf("0", "60"), amounts: [] })).toBeUndefined()
  })

  it("is the sum of the transactions, and as much more or less is pending", () => {
    const shown = { totals: shownOf("20", "40"), amounts: ["100", "-40"] }
    expect(decideSums(shown)).toEqual({
      transaction_total: "60",
      paid_total: "100",
      refunded_total: "40",
      pending_difference: "0",
    })
  })

  it("is exact to the last place, whatever the number beside it says", () => {
    const totals = {
      ...shownOf("12345678901234.57", "0.01"),
      transaction_total: 12345678901234.6,
    }
    expect(decideSums({ totals, amounts: ["12345678901234.57"] })).toBeUndefined()
    expect(decideSums({ totals, amounts: ["12345678901234.58"] })).toMatchObject({
      transaction_total: "12345678901234.58",
      pending_difference: "0",
    })
  })

  it("is nobody's guess where Medusa shows nothing that can be read", () => {
    expect(decideSums({ totals: {}, amounts: ["5"] })).toBeUndefined()
    expect(
      decideSums({ totals: { transaction_total: "?", pending_difference: 0 }, amounts: ["5"] })
    ).toBeUndefined()
  })

  it("is right once it was set right, whatever it was", () => {
    const cents = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((of) => (of / 100).toFixed(2))
    fc.assert(
      fc.property(cents, cents, fc.array(cents), (moved, pending, amounts) => {
        const sums = decideSums({ totals: shownOf(moved, pending), amounts })
        fc.pre(sums !== undefined)
        expect(decideSums({ totals: totalsOf({ ...sums }), amounts })).toBeUndefined()
        expect(Number(sums!.paid_total) - Number(sums!.refunded_total)).toBeCloseTo(
          Number(sums!.transaction_total)
        )
        // What the order costs is not touched.
        expect(Number(sums!.transaction_total) + Number(sums!.pending_difference)).toBeCloseTo(
          Number(moved) + Number(pending)
        )
      })
    )
  })
})
