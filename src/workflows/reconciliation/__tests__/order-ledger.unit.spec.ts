import fc from "fast-check"
import {
  type OperationState,
  operationStates,
} from "../../../modules/payment-journal/gateway-operation"
import { gatewayOrderStates } from "../../../modules/payment-journal/gateway-order"
import {
  type LedgerRow,
  type Correction,
  decideCorrections,
  type OrderTransaction,
  type RowFacts,
  type RowKind,
  type RowBookingState,
  rowBookingState,
} from "../order-ledger"

const rowKinds: RowKind[] = ["capture", "refund"]

function stateOf(facts: Partial<RowFacts> & { kind?: RowKind }): RowBookingState {
  const { kind = "refund", ...rest } = facts
  return rowBookingState({
    row: { id: "row_1", kind },
    order: { state: "authorized" },
    operations: [],
    capture: "single_partial",
    ...rest,
  })
}

const operation = (kind: RowKind, state: OperationState, medusa_id: string | null = "row_1") => ({
  kind,
  state,
  medusa_id,
})

describe("what a row of Medusa's stands for", () => {
  const expected: Readonly<Record<OperationState, RowBookingState>> = {
    intended: "under_way",
    unknown: "under_way",
    done: "made",
    declined: "nothing",
    returned: "nothing", // the server died before Medusa deleted it
  }

  it.each(rowKinds.flatMap((kind) => operationStates.map((state) => ({ kind, state }))))(
    "is what its own $kind is that is $state",
    ({ kind, state }) => {
      expect(stateOf({ kind, operations: [operation(kind, state)] })).toBe(expected[state])
    }
  )

  it.each(rowKinds)("is nothing for a %s that no gateway was told of", (kind) => {
    const others = [
      operation(kind, "done", "row_2"),
      operation(kind, "done", null),
      operation(kind === "refund" ? "capture" : "refund", "done"),
    ]
    expect(stateOf({ kind, operations: others })).toBe("nothing")
  })

  it("is money for a repeat that was made after the gateway had refused the first try", () => {
    const operations = [operation("refund", "declined"), operation("refund", "done")]
    expect(stateOf({ operations })).toBe("made")
  })

  it.each(gatewayOrderStates)(
    "is money for a capture without one of ours, of an order that is %s",
    (state) => {
      const wasTaken = ["paid", "refunded", "chargeback"].includes(state)
      expect(stateOf({ kind: "capture", order: { state } })).toBe(wasTaken ? "made" : "nothing")
      expect(stateOf({ kind: "refund", order: { state } })).toBe("nothing")
    }
  )

  it("is nothing for a second capture that no gateway was told of, of an order that is paid", () => {
    const operations = [operation("capture", "done", "row_2")]
    expect(stateOf({ kind: "capture", order: { state: "paid" }, operations })).toBe("nothing")
  })

  it("is money for a capture where the gateway takes it at once", () => {
    expect(stateOf({ kind: "capture", capture: "automatic" })).toBe("made")
  })
})

const capture: LedgerRow = { id: "capt_1", kind: "capture", amount: "100.10" }
const refund: LedgerRow = { id: "ref_1", kind: "refund", amount: 40.05 }

let lines = 0

function line(
  reference: string | null,
  reference_id: string | null,
  amount: OrderTransaction["amount"]
): OrderTransaction {
  lines += 1
  return { id: `line_${lines}`, reference, reference_id, amount }
}

function decide(
  made: LedgerRow[],
  transactions: OrderTransaction[],
  existing = made.map(({ id }) => id)
): Correction[] {
  return decideCorrections({ payment_id: "pay_1", made, transactions, existing: new Set(existing) })
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
    expect(decide([capture, refund], right)).toEqual([])
  })

  it("get the lines that they lack", () => {
    expect(decide([capture, refund], [])).toEqual([
      first("capture", "capt_1", "100.1"),
      first("refund", "ref_1", "-40.05"),
    ])
  })

  it("get what sets a line of another amount right", () => {
    expect(decide([refund], [line("refund", "ref_1", -60)])).toEqual([
      further("refund", "ref_1", "19.95"),
    ])
  })

  it("get what takes away a line that is there twice", () => {
    const twice = [line("refund", "ref_1", -40.05), line("refund", "ref_1", -40.05)]
    expect(decide([refund], twice)).toEqual([further("refund", "ref_1", "40.05")])
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
    expect(decide([], [gone, ...others], ["ref_3"])).toEqual([further("refund", "ref_2", "10")])
  })

  it("have what a canceled order gave back by its payment, and need no line for each refund", () => {
    const byPayment = line("refund", "pay_1", -40.05)
    expect(decide([refund], [byPayment])).toEqual([])
    expect(decide([capture, refund], [byPayment])).toEqual([first("capture", "capt_1", "100.1")])
    expect(decide([refund], [line("refund", "pay_2", -1)])).toHaveLength(1)
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
          const made = rows.map((row): LedgerRow => ({
            id: named(row),
            kind: row.isRefund ? "refund" : "capture",
            amount: row.cents / 100,
          }))
          const books = before.map((each) =>
            line(each.isRefund ? "refund" : "capture", named(each), each.cents / 100)
          )
          const after = [
            ...books,
            ...decide(made, books).map(({ kind, row, amount }) => line(kind, row, amount)),
          ]
          expect(decide(made, after)).toEqual([])
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
