import {
  operationStates,
  type OperationState,
} from "../../../modules/payment-journal/gateway-operation"
import { gatewayOrderStates } from "../../../modules/payment-journal/gateway-order"
import { standingOfRow, type RowFacts, type RowKind, type RowStanding } from "../book-row"

const rowKinds: RowKind[] = ["capture", "refund"]

function standing(facts: Partial<RowFacts> & { kind?: RowKind }): RowStanding {
  const { kind = "refund", ...rest } = facts
  return standingOfRow({
    row: { id: "row_1", kind },
    order: { state: "authorized" },
    operations: [],
    captures: "once",
    ...rest,
  })
}

const operation = (kind: RowKind, state: OperationState, medusa_id: string | null = "row_1") => ({
  kind,
  state,
  medusa_id,
})

describe("what a row of Medusa's stands for", () => {
  const expected: Readonly<Record<OperationState, RowStanding>> = {
    intended: "under_way",
    unknown: "under_way",
    done: "made",
    declined: "nothing",
    returned: "nothing", // the server died before Medusa deleted it
  }

  it.each(rowKinds.flatMap((kind) => operationStates.map((state) => ({ kind, state }))))(
    "is what its own $kind is that is $state",
    ({ kind, state }) => {
      expect(standing({ kind, operations: [operation(kind, state)] })).toBe(expected[state])
    }
  )

  it.each(rowKinds)("is nothing for a %s that no gateway was told of", (kind) => {
    const others = [
      operation(kind, "done", "row_2"),
      operation(kind, "done", null),
      operation(kind === "refund" ? "capture" : "refund", "done"),
    ]
    expect(standing({ kind, operations: others })).toBe("nothing")
  })

  it("is money for a repeat that was made after the gateway had refused the first try", () => {
    const operations = [operation("refund", "declined"), operation("refund", "done")]
    expect(standing({ operations })).toBe("made")
  })

  it.each(gatewayOrderStates)(
    "is money for a capture without one of ours, of an order that is %s",
    (state) => {
      const wasTaken = ["paid", "refunded", "chargeback"].includes(state)
      expect(standing({ kind: "capture", order: { state } })).toBe(wasTaken ? "made" : "nothing")
      expect(standing({ kind: "refund", order: { state } })).toBe("nothing")
    }
  )

  it("is nothing for a second capture that no gateway was told of, of an order that is paid", () => {
    const operations = [operation("capture", "done", "row_2")]
    expect(standing({ kind: "capture", order: { state: "paid" }, operations })).toBe("nothing")
  })

  it("is money for a capture where the gateway takes it at once", () => {
    expect(standing({ kind: "capture", captures: "at_once" })).toBe("made")
  })
})
