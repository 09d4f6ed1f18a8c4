import { decideOperation, type OperationFacts } from "../may-operation-begin"
import {
  operationKinds,
  type GatewayOperation,
  type OperationIntent,
  type OperationState,
} from "../gateway-operation"
import { refundOf } from "./fixtures"
import { operationRow as operation } from "./operation-row"

const ULID = "01JQ0000000000000000000000"
const ORDER = `${ULID}0`
const now = new Date("2030-01-01T00:00:00Z")
const after = (milliseconds: number) => new Date(now.getTime() + milliseconds)

const intent = (change: Partial<OperationIntent> = {}) =>
  refundOf(ORDER, { medusa_id: "ref_new", ...change })

function decide(facts: Partial<OperationFacts> = {}) {
  return decideOperation({ intent: intent(), operations: [], alive: new Map(), now, ...facts })
}

const lost = new Map([["ref_1", false]])
const existing = new Map([["ref_1", true]])

describe("decideOperation", () => {
  describe("refuses", () => {
    it.each(["0", "0.00", "-0", "-10"])("to move %s", (amount) => {
      expect(() => decide({ intent: intent({ amount }) })).toThrow(RangeError)
    })

    it.each(["", "ten", "1,5", "NaN", "Infinity", ".5"])('to read "%s" as an amount', (amount) => {
      expect(() => decide({ intent: intent({ amount }) })).toThrow("is not an amount")
    })

    it("to compare with a limit that is no amount", () => {
      expect(() => decide({ intent: intent({ limit: "all" }) })).toThrow("is not an amount")
    })
  })

  describe("beside an unsettled operation", () => {
    const unsettled: OperationState[] = ["intended", "unknown"]

    it.each(unsettled)(
      "waits while the lease of an %s one lasts, even of another kind",
      (state) => {
        for (const kind of operationKinds) {
          const other = operation({ state, kind, lease_expires_at: after(1) })
          expect(decide({ operations: [other] })).toEqual({ type: "under_way", operation: other })
        }
      }
    )

    it.each(unsettled)("resumes an %s one for the same the moment its lease ends", (state) => {
      const other = operation({ state, lease_expires_at: now })
      expect(decide({ operations: [other] })).toEqual({
        type: "resume",
        operation: other,
        change: { medusa_id: "ref_new", lease_expires_at: after(60_000) },
      })
    })

    it("takes amounts as equal that are written differently", () => {
      const other = operation({ state: "unknown", amount: "10" })
      expect(decide({ operations: [other] }).type).toBe("resume")
    })

    it("resumes without taking the row away where the request has none", () => {
      const other = operation({ state: "unknown" })
      const decision = decide({ operations: [other], intent: intent({ medusa_id: null }) })
      expect(decision).toMatchObject({ type: "resume", change: { medusa_id: "ref_1" } })
    })

    it.each<[string, Partial<GatewayOperation>]>([
      ["amount", { amount: "10.01" }],
      ["kind", { kind: "capture" }],
      ["currency", { currency_code: "usd" }],
    ])("is blocked by one of another %s", (_, change) => {
      const other = operation({ state: "unknown", ...change })
      expect(decide({ operations: [other] })).toEqual({ type: "blocked", operation: other })
    })

    it("adopts, limits and begins nothing, even where that would be possible", () => {
      const other = operation({ state: "unknown", amount: "1", reference: `${ULID}R2` })
      const facts = {
        operations: [operation(), other],
        alive: lost,
        intent: intent({ limit: "5" }),
      }
      expect(decide(facts)).toEqual({ type: "blocked", operation: other })
    })

    it("goes on where it belongs to another order of the session", () => {
      const other = operation({ state: "intended", order_reference: `${ULID}1` })
      expect(decide({ operations: [other] }).type).toBe("begin")
    })

    it("still gives a request that was fulfilled before its own answer", () => {
      const own = operation({ medusa_id: "ref_new" })
      const other = operation({ state: "unknown", reference: `${ULID}R2` })
      expect(decide({ operations: [own, other] })).toMatchObject({ type: "adopt", operation: own })
    })
  })

  describe("with one that was done before", () => {
    it("asks Medusa about its row first", () => {
      expect(decide({ operations: [operation()] })).toEqual({ type: "ask_medusa", ids: ["ref_1"] })
    })

    it("asks once about each row and only about those it has no answer for", () => {
      const operations = [
        operation(),
        operation({ reference: `${ULID}R2`, medusa_id: "ref_2" }),
        operation({ reference: `${ULID}R3`, medusa_id: "ref_2" }),
      ]
      const decision = decide({ operations, alive: lost })
      expect(decision).toEqual({ type: "ask_medusa", ids: ["ref_2"] })
    })

    it("adopts it where Medusa has lost the row", () => {
      expect(decide({ operations: [operation()], alive: lost })).toEqual({
        type: "adopt",
        operation: operation(),
        change: { medusa_id: "ref_new" },
      })
    })

    it("adopts it although the limit is used up: the money has moved already", () => {
      const facts = { operations: [operation()], alive: lost, intent: intent({ limit: "10" }) }
      expect(decide(facts).type).toBe("adopt")
    })

    it("adopts the oldest of several that were lost", () => {
      const second = operation({ reference: `${ULID}R2`, medusa_id: "ref_2" })
      const third = operation({ reference: `${ULID}R3`, medusa_id: "ref_3" })
      const alive = new Map([...existing, ["ref_2", false], ["ref_3", false]])
      const decision = decide({ operations: [operation(), second, third], alive })
      expect(decision).toMatchObject({ type: "adopt", operation: second })
    })

    it("begins another where Medusa has the row", () => {
      const decision = decide({ operations: [operation()], alive: existing })
      expect(decision).toMatchObject({ type: "begin", operation: { reference: `${ULID}R2` } })
    })

    it("adopts it without asking where the row is the request's own", () => {
      const facts = { operations: [operation()], intent: intent({ medusa_id: "ref_1" }) }
      expect(decide(facts)).toMatchObject({ type: "adopt", change: { medusa_id: "ref_1" } })
    })

    it.each<[string, Partial<GatewayOperation>]>([
      ["another amount", { amount: "9.99" }],
      ["another kind", { kind: "capture" }],
      ["another currency", { currency_code: "usd" }],
      ["another order of the session", { order_reference: `${ULID}1` }],
      ["no row of Medusa's", { medusa_id: null }],
    ])("neither asks about nor adopts one of %s", (_, change) => {
      const operations = [operation(change)]
      expect(decide({ operations, alive: lost }).type).toBe("begin")
      expect(decide({ operations }).type).toBe("begin")
    })

    it("neither asks nor adopts where the request has no row of Medusa's", () => {
      const facts = { operations: [operation()], alive: lost, intent: intent({ medusa_id: null }) }
      expect(decide(facts).type).toBe("begin")
    })

    it("does not adopt one that was declined", () => {
      const operations = [operation({ state: "declined" })]
      expect(decide({ operations, alive: lost }).type).toBe("begin")
    })
  })

  describe("with one that was done another way, by a person's word", () => {
    const elsewhere = operation({ made_elsewhere: true, medusa_id: null })

    it("adopts it without asking, because it was for this request", () => {
      expect(decide({ operations: [elsewhere] })).toEqual({
        type: "adopt",
        operation: elsewhere,
        change: { medusa_id: "ref_new" },
      })
    })

    it("begins another where a row of Medusa's has taken it up before", () => {
      const operations = [operation({ made_elsewhere: true })]
      expect(decide({ operations, alive: existing }).type).toBe("begin")
    })

    it("begins another for a request without a row, which nobody could tell from a second one", () => {
      const facts = { operations: [elsewhere], intent: intent({ medusa_id: null }) }
      expect(decide(facts).type).toBe("begin")
    })
  })

  describe("for an entry of the list of exceptions", () => {
    const exception = { id: "payexc_1", amount: "10.00" }
    const ofEntry = (amount: string, change: Partial<GatewayOperation> = {}) =>
      operation({ amount, exception_id: exception.id, medusa_id: null, ...change })

    it.each<[string, string | null]>([
      ["another entry", "payexc_2"],
      ["no entry", null],
    ])("is blocked by an unsettled one of as much for %s", (_, exception_id) => {
      const other = operation({ state: "unknown", exception_id })
      for (const medusa_id of ["ref_new", null]) {
        const decision = decide({ operations: [other], intent: intent({ exception, medusa_id }) })
        expect(decision).toEqual({ type: "blocked", operation: other })
      }
    })

    it("resumes the unsettled one of its own", () => {
      const operations = [ofEntry("10.00", { state: "unknown" })]
      expect(decide({ operations, intent: intent({ exception }) }).type).toBe("resume")
    })

    it("keeps a refund of Medusa's from what was begun for it", () => {
      const operations = [ofEntry("10.00", { state: "unknown" })]
      expect(decide({ operations }).type).toBe("blocked")
    })

    it("lets a person's word that it was given back settle what was begun for it", () => {
      const operations = [ofEntry("10.00", { state: "unknown" })]
      expect(decide({ operations, intent: intent({ medusa_id: null }) }).type).toBe("resume")
    })

    it("adopts the last that gave it back where more would be too much", () => {
      const last = ofEntry("5.00", { reference: `${ULID}R3` })
      const decision = decide({
        operations: [ofEntry("4.00"), ofEntry("1.00", { reference: `${ULID}R2` }), last],
        intent: intent({ amount: "0.01", exception }),
      })
      expect(decision).toMatchObject({ type: "adopt", operation: last })
    })

    it("begins what is exactly left of it", () => {
      const facts = {
        operations: [ofEntry("4.00")],
        intent: intent({ amount: "6.00", exception }),
      }
      expect(decide(facts).type).toBe("begin")
    })

    it.each(["payexc_2", null])("does not count what was given back for %s", (exception_id) => {
      const operations = [ofEntry("9.00", { exception_id })]
      expect(decide({ operations, intent: intent({ exception }) }).type).toBe("begin")
    })
  })

  describe("against the limit", () => {
    const done = (amount: string, index: number) =>
      operation({ amount, reference: `${ULID}R${index}`, medusa_id: `ref_${index}` })
    const parts = [done("0.1", 1), done("0.2", 2)]

    it("begins what fits exactly, where floats would not", () => {
      const input = intent({ amount: "0.7", limit: "1.00" })
      expect(decide({ operations: parts, intent: input }).type).toBe("begin")
    })

    it("refuses the smallest bit more and tells what was done, exactly", () => {
      const input = intent({ amount: "0.70000000000000000001", limit: "1.00" })
      expect(decide({ operations: parts, intent: input })).toEqual({
        type: "over_limit",
        done: "0.3",
      })
    })

    it("refuses a first one that is too much", () => {
      expect(decide({ intent: intent({ limit: "9.99" }) })).toEqual({
        type: "over_limit",
        done: "0",
      })
    })

    it.each<[string, Partial<GatewayOperation>]>([
      ["declined", { state: "declined" }],
      ["of another kind", { kind: "capture" }],
      ["of another order", { order_reference: `${ULID}1` }],
    ])("does not count one that was %s", (_, change) => {
      const facts = {
        operations: [operation({ amount: "5", ...change })],
        intent: intent({ limit: "10" }),
      }
      expect(decide(facts).type).toBe("begin")
    })

    it("counts one without a row of Medusa's", () => {
      const operations = [operation({ amount: "0.01", medusa_id: null })]
      const decision = decide({ operations, intent: intent({ limit: "10" }) })
      expect(decision).toEqual({ type: "over_limit", done: "0.01" })
    })

    it("has none where there is none", () => {
      const operations = [done("99999999999999999999", 1)]
      expect(decide({ operations, alive: existing, intent: intent({ limit: null }) }).type).toBe(
        "begin"
      )
    })
  })

  describe("begins", () => {
    it("with what was asked for, an end to the lease and the first number", () => {
      expect(decide({ intent: intent({ amount: "10.00", lease_ms: 5_000 }) })).toEqual({
        type: "begin",
        operation: {
          exception_id: null,
          reference: `${ULID}R1`,
          order_reference: ORDER,
          kind: "refund",
          amount: "10.00",
          currency_code: "php",
          state: "intended",
          medusa_id: "ref_new",
          lease_expires_at: after(5_000),
        },
      })
    })

    it("with a number that no order of the session has", () => {
      const operations = [operation({ order_reference: `${ULID}1`, reference: `${ULID}R7` })]
      expect(decide({ operations })).toMatchObject({ operation: { reference: `${ULID}R8` } })
    })

    it("with a number of its own kind's count", () => {
      const operations = [operation({ kind: "capture", reference: `${ULID}C4`, state: "declined" })]
      expect(decide({ operations })).toMatchObject({ operation: { reference: `${ULID}R1` } })
    })
  })
})
