import fc from "fast-check"
import type { BookRow } from "../book-row"
import { judgeOrderBooks, type Correction, type OrderTransaction } from "../order-books"

const capture: BookRow = { id: "capt_1", kind: "capture", amount: "100.10" }
const refund: BookRow = { id: "ref_1", kind: "refund", amount: 40.05 }

let lines = 0

function line(
  reference: string | null,
  reference_id: string | null,
  amount: OrderTransaction["amount"]
): OrderTransaction {
  lines += 1
  return { id: `line_${lines}`, reference, reference_id, amount }
}

function judge(
  made: BookRow[],
  transactions: OrderTransaction[],
  living = made.map(({ id }) => id)
): Correction[] {
  return judgeOrderBooks({ payment_id: "pay_1", made, transactions, living: new Set(living) })
}

const first = (kind: "capture" | "refund", row: string, amount: string) => ({
  kind,
  row,
  amount,
  isFirst: true,
})
const further = (kind: "capture" | "refund", row: string, amount: string) => ({
  ...first(kind, row, amount),
  isFirst: false,
})

describe("an order's books", () => {
  it("are right where each row has its line, what was given back below zero", () => {
    const right = [line("capture", "capt_1", 100.1), line("refund", "ref_1", "-40.05")]
    expect(judge([capture, refund], right)).toEqual([])
  })

  it("get the lines that they lack", () => {
    expect(judge([capture, refund], [])).toEqual([
      first("capture", "capt_1", "100.1"),
      first("refund", "ref_1", "-40.05"),
    ])
  })

  it("get what sets a line of another amount right", () => {
    expect(judge([refund], [line("refund", "ref_1", -60)])).toEqual([
      further("refund", "ref_1", "19.95"),
    ])
  })

  it("get what takes away a line that is there twice", () => {
    const twice = [line("refund", "ref_1", -40.05), line("refund", "ref_1", -40.05)]
    expect(judge([refund], twice)).toEqual([further("refund", "ref_1", "40.05")])
  })

  it("get what takes away the line of a row that Medusa has no more, and of no other", () => {
    const gone = line("refund", "ref_2", -10)
    const others = [
      line("refund", "ref_3", -10), // under way, or another payment's
      line("refund", "by hand", -10),
      line("capture", null, 10),
      line(null, null, 5),
      line("exchange", "ref_2", 5),
    ]
    expect(judge([], [gone, ...others], ["ref_3"])).toEqual([further("refund", "ref_2", "10")])
  })

  it("have what a canceled order gave back by its payment, and need no line for each refund", () => {
    const byPayment = line("refund", "pay_1", -40.05)
    expect(judge([refund], [byPayment])).toEqual([])
    expect(judge([capture, refund], [byPayment])).toEqual([first("capture", "capt_1", "100.1")])
    expect(judge([refund], [line("refund", "pay_2", -1)])).toHaveLength(1)
  })

  it("say what the rows moved after they were set right, whatever they said before", () => {
    const cents = fc.integer({ min: 1, max: 1_000 })
    const anyRow = fc.record({ nth: fc.integer({ min: 1, max: 6 }), cents, isRefund: fc.boolean() })
    const anyLine = fc.record({
      nth: fc.integer({ min: 1, max: 8 }),
      cents,
      isRefund: fc.boolean(),
    })
    const named = ({ nth, isRefund }: { nth: number; isRefund: boolean }) =>
      isRefund ? `ref_${nth}` : `capt_${nth}`
    fc.assert(
      fc.property(
        fc.uniqueArray(anyRow, { selector: named }),
        fc.array(anyLine, { maxLength: 12 }),
        (rows, before) => {
          const made = rows.map((row): BookRow => ({
            id: named(row),
            kind: row.isRefund ? "refund" : "capture",
            amount: row.cents / 100,
          }))
          const books = before.map((each) =>
            line(each.isRefund ? "refund" : "capture", named(each), each.cents / 100)
          )
          const after = [
            ...books,
            ...judge(made, books).map(({ kind, row, amount }) => line(kind, row, amount)),
          ]
          expect(judge(made, after)).toEqual([])
          const centsOf = (row: string) =>
            after
              .filter(({ reference_id }) => reference_id === row)
              .reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0)
          for (const id of new Set(after.map(({ reference_id }) => String(reference_id)))) {
            const row = rows.find((each) => named(each) === id)
            expect(centsOf(id)).toBe(row ? (row.isRefund ? -row.cents : row.cents) : 0)
          }
        }
      )
    )
  })
})
