import type { OperationStart } from "../gateway-operation"
import { operationPrefix } from "../operation-reference"
import {
  allLive,
  delicateAmounts,
  neverAsked,
  newSessionId,
  noneLive,
  notAmounts,
  openedOrder,
  refundOf,
  times,
  type JournalUnderTest,
} from "./journal-fixtures"

export function describeOperations(subject: () => JournalUnderTest): void {
  describe("operations", () => {
    it("throws for an order that is not known, and for one settles nothing", async () => {
      const { journal } = subject()

      await expect(journal.beginOperation(refundOf("unknown"), neverAsked)).rejects.toThrow(
        "The journal has no order unknown to refund"
      )
      expect(await journal.settleOperation("unknown", { state: "done" })).toBeUndefined()
      expect(await journal.operationsOfOrder("unknown")).toEqual([])
    })

    it.each(["0", "0.00", "-1", ...notAmounts])('refuses to move "%s"', async (amount) => {
      const { journal } = subject()
      const order = await openedOrder(journal)

      await expect(journal.beginOperation(refundOf(order, { amount }), allLive)).rejects.toThrow()

      expect(await journal.operationsOfOrder(order)).toEqual([])
    })

    it("has the intended row for every server to see before it answers", async () => {
      const { journal, elsewhere, clock } = subject()
      const order = await openedOrder(journal)

      const { type, operation } = expectOperation(
        await journal.beginOperation(refundOf(order, { limit: "111.99" }), neverAsked)
      )

      expect(type).toBe("begun")
      expect(await elsewhere.operationsOfOrder(order)).toEqual([operation])
      expect(operation).toEqual({
        id: expect.stringMatching(/^gwop_/),
        reference: `${order.slice(0, 26)}R1`,
        order_reference: order,
        kind: "refund",
        amount: "10.00",
        currency_code: "php",
        state: "intended",
        medusa_id: "ref_1",
        gateway_id: null,
        gateway_code: null,
        gateway_message: null,
        lease_expires_at: new Date(clock.now().getTime() + 60_000),
        created_at: clock.now(),
        updated_at: clock.now(),
      })
    })

    it.each(delicateAmounts)("keeps %s to the last digit", async (amount) => {
      const { journal } = subject()
      const order = await openedOrder(journal)
      await journal.beginOperation(refundOf(order, { amount, limit: amount }), neverAsked)

      expect(await journal.operationsOfOrder(order)).toMatchObject([{ amount }])
    })

    it("begins once when twenty ask at once on two servers; the others see who is at it", async () => {
      const { journal, elsewhere } = subject()
      const order = await openedOrder(journal)

      const answers = await Promise.all(
        times(20, (index) =>
          (index % 2 ? journal : elsewhere).beginOperation(
            refundOf(order, { medusa_id: `ref_${index}` }),
            allLive
          )
        )
      )

      expect(countTypes(answers)).toEqual({ begun: 1, under_way: 19 })
      expect(await journal.operationsOfOrder(order)).toHaveLength(1)
    })

    it("never gives one number to two orders of a session that begin at once", async () => {
      const { journal, elsewhere } = subject()
      const session_id = newSessionId()
      const orders = await Promise.all(
        times(12, (attempt) => openedOrder(journal, { session_id, attempt }))
      )

      const answers = await Promise.all(
        orders.map((order, index) =>
          (index % 2 ? journal : elsewhere).beginOperation(refundOf(order), neverAsked)
        )
      )

      const references = answers.map((answer) => expectOperation(answer).operation.reference)
      expect(countTypes(answers)).toEqual({ begun: 12 })
      expect(references.sort()).toEqual(
        [..."123456789ABC"].map((counter) => `${operationPrefix(orders[0]!, "refund")}${counter}`)
      )
    })

    it("moves exactly what there is when twenty take parts of it at once", async () => {
      const { journal, elsewhere } = subject()
      const order = await openedOrder(journal)

      const ends = await Promise.all(
        times(20, async (index) => {
          const at = index % 2 ? journal : elsewhere
          const wish = refundOf(order, { amount: "0.1", limit: "0.5", medusa_id: `ref_${index}` })
          for (;;) {
            const answer = await at.beginOperation(wish, allLive)
            if (answer.type === "under_way") continue
            if (answer.type === "begun") {
              await at.settleOperation(answer.operation.reference, { state: "done" })
            }
            return answer
          }
        })
      )

      expect(countTypes(ends)).toEqual({ begun: 5, over_limit: 15 })
      expect(ends).toContainEqual({ type: "over_limit", done: "0.5" })
      const operations = await journal.operationsOfOrder(order)
      expect(operations.map(({ state }) => state)).toEqual(times(5, () => "done"))
    })

    it("counts on beyond one character and lists oldest first", async () => {
      const { journal, clock } = subject()
      const order = await openedOrder(journal)
      for (const index of times(37, (i) => i)) {
        const medusa_id = `ref_${index}`
        const start = await journal.beginOperation(refundOf(order, { medusa_id }), allLive)
        const { operation } = expectOperation(start)
        await journal.settleOperation(operation.reference, { state: "done" })
        clock.advance(1)
      }

      const operations = await journal.operationsOfOrder(order)

      expect(operations.map(({ reference }) => reference.slice(27)).slice(-4)).toEqual([
        "Y",
        "Z",
        "10",
        "11",
      ])
      expect(operations.map(({ medusa_id }) => medusa_id)).toEqual(times(37, (i) => `ref_${i}`))
    })

    it("lists the operations of one kind", async () => {
      const { journal } = subject()
      const order = await openedOrder(journal)
      for (const kind of ["capture", "refund"] as const) {
        const start = await journal.beginOperation(refundOf(order, { kind }), neverAsked)
        await journal.settleOperation(expectOperation(start).operation.reference, { state: "done" })
      }

      const captures = await journal.operationsOfOrder(order, "capture")

      expect(captures.map(({ reference }) => reference.slice(26))).toEqual(["C1"])
      expect(await journal.operationsOfOrder(order)).toHaveLength(2)
    })

    describe("that ended in the unknown", () => {
      it("block another amount and another kind", async () => {
        const { journal } = subject()
        const { order, reference } = await unknownRefund(subject())

        for (const other of [
          refundOf(order, { amount: "9.00" }),
          refundOf(order, { kind: "capture" }),
        ]) {
          const answer = await journal.beginOperation(other, neverAsked)
          expect(answer).toMatchObject({ type: "blocked", operation: { reference } })
        }
      })

      it("are resumed by the next wish for the same, which takes the row and a lease", async () => {
        const { journal, elsewhere, clock } = subject()
        const { order, reference } = await unknownRefund(subject())
        const wish = refundOf(order, { amount: "10", medusa_id: "ref_2", lease_ms: 30_000 })

        const answer = await elsewhere.beginOperation(wish, neverAsked)

        const lease_expires_at = new Date(clock.now().getTime() + 30_000)
        expect(answer).toMatchObject({
          type: "resume",
          operation: { reference, medusa_id: "ref_2", lease_expires_at, state: "unknown" },
        })
        expect(await journal.operationsOfOrder(order)).toEqual([expectOperation(answer).operation])
      })

      it("are resumed by one of twenty who ask at once", async () => {
        const { journal, elsewhere } = subject()
        const { order } = await unknownRefund(subject())

        const answers = await Promise.all(
          times(20, (index) =>
            (index % 2 ? journal : elsewhere).beginOperation(
              refundOf(order, { medusa_id: `ref_${index}` }),
              neverAsked
            )
          )
        )

        expect(countTypes(answers)).toEqual({ resume: 1, under_way: 19 })
      })

      it("are left alone until the lease of a server that died is over", async () => {
        const { journal, elsewhere, clock } = subject()
        const order = await openedOrder(journal)
        await journal.beginOperation(refundOf(order, { lease_ms: 1_000 }), neverAsked)

        clock.advance(999)
        const before = await elsewhere.beginOperation(refundOf(order), neverAsked)
        clock.advance(1)
        const after = await elsewhere.beginOperation(refundOf(order), neverAsked)

        expect([before.type, after.type]).toEqual(["under_way", "resume"])
      })
    })

    describe("that were done for a row Medusa lost", () => {
      it("are adopted by the next wish for the same, and only once", async () => {
        const { journal, elsewhere } = subject()
        const { order, reference } = await doneRefund(subject())
        const asked: string[][] = []

        const answer = await elsewhere.beginOperation(
          refundOf(order, { amount: "10.0", medusa_id: "ref_2" }),
          async (ids) => {
            asked.push(ids)
            return []
          }
        )
        const third = await journal.beginOperation(refundOf(order, { medusa_id: "ref_3" }), allLive)

        expect(asked).toEqual([["ref_1"]])
        expect(answer).toMatchObject({
          type: "adopted",
          operation: { reference, medusa_id: "ref_2", state: "done" },
        })
        expect(third).toMatchObject({ type: "begun", operation: { medusa_id: "ref_3" } })
      })

      it("are adopted by one of two who ask at once; the other begins", async () => {
        const { journal, elsewhere } = subject()
        const { order } = await doneRefund(subject())
        const living = async (ids: string[]) => ids.filter((id) => id !== "ref_1")

        const answers = await Promise.all([
          journal.beginOperation(refundOf(order, { medusa_id: "ref_2" }), living),
          elsewhere.beginOperation(refundOf(order, { medusa_id: "ref_3" }), living),
        ])

        expect(countTypes(answers)).toEqual({ adopted: 1, begun: 1 })
      })

      it("are asked about again where one was done between the question and the lock", async () => {
        const { journal, elsewhere } = subject()
        const { order } = await doneRefund(subject())
        const asked: string[][] = []

        const answer = await journal.beginOperation(
          refundOf(order, { medusa_id: "ref_3" }),
          async (ids) => {
            asked.push(ids)
            if (asked.length === 1) {
              const wish = refundOf(order, { medusa_id: "ref_2" })
              const start = await elsewhere.beginOperation(wish, allLive)
              const { reference } = expectOperation(start).operation
              await elsewhere.settleOperation(reference, { state: "done" })
            }
            return ids.filter((id) => id === "ref_1")
          }
        )

        expect(asked).toEqual([["ref_1"], ["ref_2"]])
        expect(answer).toMatchObject({ type: "adopted", operation: { medusa_id: "ref_3" } })
        expect(expectOperation(answer).operation.reference.slice(26)).toBe("R2")
      })

      it("are not adopted while Medusa can't be asked; nothing is written and the next may go on", async () => {
        const { journal } = subject()
        const { order } = await doneRefund(subject())
        const wish = refundOf(order, { medusa_id: "ref_2" })

        await expect(journal.beginOperation(wish, neverAsked)).rejects.toThrow("Medusa was asked")
        const answer = await journal.beginOperation(wish, noneLive)

        expect(answer.type).toBe("adopted")
        expect(await journal.operationsOfOrder(order)).toHaveLength(1)
      })
    })

    describe("settled", () => {
      it.each(["done", "declined"] as const)(
        "as %s stay so, whatever comes later",
        async (state) => {
          const { journal, elsewhere, clock } = subject()
          const order = await openedOrder(journal)
          const start = await journal.beginOperation(refundOf(order), neverAsked)
          const { reference } = expectOperation(start).operation
          clock.advance(1_000)
          const settledAt = clock.now()

          const settled = await elsewhere.settleOperation(reference, { state, gateway_id: "G1" })
          clock.advance(1_000)
          for (const later of ["done", "declined", "unknown"] as const) {
            expect(
              await journal.settleOperation(reference, { state: later, gateway_id: "G2" })
            ).toEqual(settled)
          }

          expect(settled).toMatchObject({
            state,
            gateway_id: "G1",
            lease_expires_at: settledAt,
            updated_at: settledAt,
          })
        }
      )

      it("from unknown keep what is left out and clear what is null", async () => {
        const { journal } = subject()
        const { reference } = await unknownRefund(subject())
        await journal.settleOperation(reference, {
          state: "unknown",
          gateway_code: "504",
          gateway_message: "no answer",
          gateway_id: "G1",
        })

        const settled = await journal.settleOperation(reference, {
          state: "done",
          gateway_code: null,
        })

        expect(settled).toMatchObject({
          state: "done",
          gateway_id: "G1",
          gateway_code: null,
          gateway_message: "no answer",
        })
      })

      it("at once as done and as declined agree on whichever came first", async () => {
        const { journal, elsewhere } = subject()
        const { order, reference } = await unknownRefund(subject())

        const answers = await Promise.all([
          journal.settleOperation(reference, { state: "done" }),
          elsewhere.settleOperation(reference, { state: "declined" }),
        ])

        const [operation] = await journal.operationsOfOrder(order)
        expect(answers).toEqual([operation, operation])
      })

      it("as declined leave the whole amount for the next", async () => {
        const { journal } = subject()
        const order = await openedOrder(journal)
        const wish = refundOf(order, { amount: "111.99", limit: "111.99" })
        const start = await journal.beginOperation(wish, neverAsked)
        const { reference } = expectOperation(start).operation
        await journal.settleOperation(reference, { state: "declined", gateway_code: "LOW_BALANCE" })

        const next = await journal.beginOperation(wish, neverAsked)

        expect(next).toMatchObject({ type: "begun", operation: { state: "intended" } })
        expect(expectOperation(next).operation.reference.slice(26)).toBe("R2")
      })
    })
  })
}

async function settledRefund({ journal }: JournalUnderTest, state: "done" | "unknown") {
  const order = await openedOrder(journal)
  const start = await journal.beginOperation(refundOf(order), neverAsked)
  const { reference } = expectOperation(start).operation
  await journal.settleOperation(reference, { state })
  return { order, reference }
}

const unknownRefund = (subject: JournalUnderTest) => settledRefund(subject, "unknown")
const doneRefund = (subject: JournalUnderTest) => settledRefund(subject, "done")

function expectOperation(start: OperationStart) {
  if (start.type === "over_limit") {
    throw new Error("There is no operation: the amount is over the limit")
  }
  return start
}

function countTypes(starts: OperationStart[]): Partial<Record<OperationStart["type"], number>> {
  const counts: Partial<Record<OperationStart["type"], number>> = {}
  for (const { type } of starts) {
    counts[type] = (counts[type] ?? 0) + 1
  }
  return counts
}
