import { operationPrefix } from "../references"
import {
  allExist,
  countTypes,
  delicateAmounts,
  expectOperation,
  type JournalUnderTest,
  neverAsked,
  newSessionId,
  noneLive,
  notAmounts,
  openedOrder,
  refundOf,
  times,
  unknownRefund,
} from "./fixtures"

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

      await expect(journal.beginOperation(refundOf(order, { amount }), allExist)).rejects.toThrow()

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
        exception_id: null,
        gateway_id: null,
        gateway_code: null,
        gateway_message: null,
        made_elsewhere: false,
        lease_expires_at: new Date(clock.now().getTime() + 60_000),
        next_check_at: new Date(clock.now().getTime() + 60_000),
        checks: 0,
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
            allExist
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
          const input = refundOf(order, { amount: "0.1", limit: "0.5", medusa_id: `ref_${index}` })
          for (;;) {
            const answer = await at.beginOperation(input, allExist)
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
        const start = await journal.beginOperation(refundOf(order, { medusa_id }), allExist)
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
  })
}

export function describeElsewhere(subject: () => JournalUnderTest): void {
  describe("a refund that a person made another way", () => {
    it("is taken up by one of twenty requests for it, and nothing is left to begin", async () => {
      const { journal, elsewhere } = subject()
      const { order, reference } = await refundedElsewhere(subject())

      const answers = await Promise.all(
        times(20, (index) =>
          (index % 2 ? journal : elsewhere).beginOperation(
            refundOf(order, { medusa_id: `ref_${index}`, limit: "10.00" }),
            async (ids) => ids
          )
        )
      )

      expect(countTypes(answers)).toEqual({ adopted: 1, over_limit: 19 })
      expect(await journal.operationsOfOrder(order)).toMatchObject([
        { reference, state: "done", made_elsewhere: true },
      ])
    })

    it("is taken up again when Medusa lost the row that took it up", async () => {
      const { journal } = subject()
      const { order, reference } = await refundedElsewhere(subject())
      await journal.beginOperation(refundOf(order), neverAsked)

      const again = await journal.beginOperation(refundOf(order, { medusa_id: "ref_2" }), noneLive)

      expect(again).toMatchObject({ type: "adopted", operation: { reference, medusa_id: "ref_2" } })
    })

    it("counts against what is left, for another amount and for a request without a row", async () => {
      const { journal } = subject()
      const { order } = await refundedElsewhere(subject())

      for (const other of [
        refundOf(order, { amount: "9.00", limit: "15.00" }),
        refundOf(order, { medusa_id: null, limit: "15.00" }),
      ]) {
        expect(await journal.beginOperation(other, neverAsked)).toEqual({
          type: "over_limit",
          done: "10",
        })
      }
    })

    it("settles one whose outcome is not known, and stays what a person said", async () => {
      const { journal, elsewhere } = subject()
      const { order, reference } = await unknownRefund(subject())

      const start = await journal.beginOperation(refundOf(order, { medusa_id: null }), neverAsked)
      expect(start.type).toBe("resume")
      await journal.settleOperation(reference, { state: "done", made_elsewhere: true })
      await elsewhere.settleOperation(reference, { state: "declined", made_elsewhere: false })

      expect(await elsewhere.operationsOfOrder(order)).toMatchObject([
        { reference, state: "done", made_elsewhere: true },
      ])
    })
  })
}

async function refundedElsewhere({ journal }: JournalUnderTest) {
  const order = await openedOrder(journal)
  const start = await journal.beginOperation(refundOf(order, { medusa_id: null }), neverAsked)
  const { reference } = expectOperation(start).operation
  await journal.settleOperation(reference, { state: "done", made_elsewhere: true })
  return { order, reference }
}
