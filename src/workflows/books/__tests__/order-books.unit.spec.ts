import fc from "fast-check"
import type { BookRow } from "../book-row"
import { judgeOrderBooks, type BooksChange, type OrderTransaction } from "../order-books"

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
): BooksChange {
  return judgeOrderBooks({ payment_id: "pay_1", made, transactions, living: new Set(living) })
}

describe("an order's books", () => {
  it("are right where each row has its line, what was given back below zero", () => {
    const right = [line("capture", "capt_1", 100.1), line("refund", "ref_1", "-40.05")]
    expect(judge([capture, refund], right)).toEqual({ add: [], remove: [] })
  })

  it("get the lines that they lack", () => {
    expect(judge([capture, refund], [])).toEqual({
      add: [
        { row: capture, amount: "100.1" },
        { row: refund, amount: "-40.05" },
      ],
      remove: [],
    })
  })

  it("get a line of another amount written anew", () => {
    const wrong = line("refund", "ref_1", -60)
    expect(judge([refund], [wrong])).toEqual({
      add: [{ row: refund, amount: "-40.05" }],
      remove: [wrong.id],
    })
  })

  it("lose a line that is there twice", () => {
    const [first, second] = [line("refund", "ref_1", -40.05), line("refund", "ref_1", -40.05)]
    expect(judge([refund], [first, second])).toEqual({ add: [], remove: [second.id] })
  })

  it("lose the line of a row that Medusa has no more, and no other", () => {
    const gone = line("refund", "ref_2", -10)
    const others = [
      line("refund", "ref_3", -10), // under way, or another payment's
      line("refund", "by hand", -10),
      line("capture", null, 10),
      line(null, null, 5),
      line("exchange", "ref_2", 5),
    ]
    expect(judge([], [gone, ...others], ["ref_3"])).toEqual({ add: [], remove: [gone.id] })
  })

  it("have what a canceled order gave back by its payment, and need no line for each refund", () => {
    const byPayment = line("refund", "pay_1", -40.05)
    expect(judge([refund], [byPayment])).toEqual({ add: [], remove: [] })
    expect(judge([capture, refund], [byPayment])).toEqual({
      add: [{ row: capture, amount: "100.1" }],
      remove: [],
    })
    expect(judge([refund], [line("refund", "pay_2", -1)]).add).toHaveLength(1)
  })

  it("agree with the rows after one change, whatever they were before", () => {
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
          const { add, remove } = judge(made, books)
          const after = [
            ...books.filter(({ id }) => !remove.includes(id)),
            ...add.map(({ row, amount }) => line(row.kind, row.id, amount)),
          ]
          expect(judge(made, after)).toEqual({ add: [], remove: [] })
          expect(after.map(({ reference_id }) => reference_id).sort()).toEqual(
            made.map(({ id }) => id).sort()
          )
        }
      )
    )
  })
})
