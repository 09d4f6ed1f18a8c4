import {
  allExist,
  neverAsked,
  noneLive,
  openedOrder,
  refundOf,
  times,
  type JournalUnderTest,
  countTypes,
  doneRefund,
  expectOperation,
  unknownRefund,
} from "./fixtures"

export function describeRepeatedOperations(subject: () => JournalUnderTest): void {
  describe("operations", () => {
    describe("that give back an entry of the list of unmatched payments", () => {
      const entry = (id: string, amount: string) => ({
        medusa_id: null,
        exception: { id, amount },
        amount: "5.00",
        limit: "15.00",
      })

      it("are begun once by two servers, and once it was given back no more is begun for it", async () => {
        const { journal, elsewhere } = subject()
        const order = await openedOrder(journal)
        const input = refundOf(order, entry("gwexc_1", "5.00"))

        const answers = await Promise.all(
          times(6, (index) => (index % 2 ? journal : elsewhere).beginOperation(input, neverAsked))
        )
        expect(countTypes(answers)).toEqual({ begun: 1, under_way: 5 })
        const [begun] = await journal.operationsOfOrder(order)
        const reference = begun?.reference ?? ""
        await journal.settleOperation(reference, { state: "done" })

        for (const server of [journal, elsewhere]) {
          const again = await server.beginOperation(input, neverAsked)
          expect(again).toMatchObject({ type: "adopted", operation: { reference } })
        }
        expect(await journal.operationsOfOrder(order)).toMatchObject([{ exception_id: "gwexc_1" }])
      })

      it("are begun again for another entry, and for what came to this one later", async () => {
        const { journal } = subject()
        const order = await openedOrder(journal)
        for (const [id, amount] of [
          ["gwexc_1", "5.00"],
          ["gwexc_2", "5"],
          ["gwexc_2", "10.00"],
        ] as const) {
          const start = await journal.beginOperation(refundOf(order, entry(id, amount)), neverAsked)
          expect(start).toMatchObject({ type: "begun", operation: { exception_id: id } })
          const { reference } = expectOperation(start).operation
          await journal.settleOperation(reference, { state: "done" })
        }
      })

      it("are not taken over by a refund of Medusa's, nor the other way round", async () => {
        const { journal } = subject()
        const order = await openedOrder(journal)
        const inputs = [
          refundOf(order, entry("gwexc_1", "5.00")),
          refundOf(order, { amount: "5.00", limit: "15.00" }),
        ]
        const start = await journal.beginOperation(inputs[0]!, neverAsked)
        const { reference } = expectOperation(start).operation
        await journal.settleOperation(reference, { state: "unknown" })
        expect(await journal.beginOperation(inputs[1]!, neverAsked)).toMatchObject({
          type: "blocked",
        })
        expect(await journal.beginOperation(inputs[0]!, neverAsked)).toMatchObject({
          type: "resume",
          operation: { reference },
        })
      })
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

      it("are resumed by the next request for the same, which takes the row and a lease", async () => {
        const { journal, elsewhere, clock } = subject()
        const { order, reference } = await unknownRefund(subject())
        const input = refundOf(order, { amount: "10", medusa_id: "ref_2", lease_ms: 30_000 })

        const answer = await elsewhere.beginOperation(input, neverAsked)

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

      it("are left alone for as long as a server holds on to them, which can't once another has taken over", async () => {
        const { journal, elsewhere, clock } = subject()
        const order = await openedOrder(journal)
        const begun = await journal.beginOperation(refundOf(order, { lease_ms: 1_000 }), neverAsked)
        const { reference, lease_expires_at } = expectOperation(begun).operation
        const held = { references: [reference], until: lease_expires_at, lease_ms: 1_000 }

        clock.advance(999)
        const until = await journal.renewOperations(held)
        clock.advance(999)
        const before = await elsewhere.beginOperation(refundOf(order), neverAsked)
        clock.advance(1)
        const after = await elsewhere.beginOperation(refundOf(order), neverAsked)

        expect([before.type, after.type]).toEqual(["under_way", "resume"])
        expect(await journal.renewOperations({ ...held, until: until! })).toBeUndefined()
      })

      it("are left to who has taken them over, whatever a server that stood still finds out too late", async () => {
        const { journal, elsewhere, clock } = subject()
        const order = await openedOrder(journal)
        const begun = await journal.beginOperation(refundOf(order, { lease_ms: 1_000 }), neverAsked)
        const { operation } = expectOperation(begun)
        const { reference } = operation
        clock.advance(1_000)
        const input = refundOf(order, { lease_ms: 1_000 })
        const taken = expectOperation(await elsewhere.beginOperation(input, neverAsked)).operation

        await journal.settleOperation(reference, { state: "unknown" }, operation)
        const refused = await journal.settleOperation(reference, { state: "declined" }, operation)
        expect(refused).toMatchObject({ state: "intended" })
        await journal.scheduleOperationCheck(reference, new Date(clock.now().getTime() + 60_000))

        const third = await journal.beginOperation(refundOf(order), neverAsked)
        expect(third).toMatchObject({ type: "under_way" })
        const held = { references: [reference], until: taken.lease_expires_at, lease_ms: 1_000 }
        expect(await elsewhere.renewOperations(held)).toBeDefined()
        await elsewhere.settleOperation(reference, { state: "unknown" }, taken)
        expect(await journal.beginOperation(refundOf(order), neverAsked)).toMatchObject({
          type: "resume",
        })
      })
    })

    describe("that were done for a row Medusa lost", () => {
      it("are adopted by the next request for the same, and only once", async () => {
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
        const third = await journal.beginOperation(
          refundOf(order, { medusa_id: "ref_3" }),
          allExist
        )

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
        const existing = async (ids: string[]) => ids.filter((id) => id !== "ref_1")

        const answers = await Promise.all([
          journal.beginOperation(refundOf(order, { medusa_id: "ref_2" }), existing),
          elsewhere.beginOperation(refundOf(order, { medusa_id: "ref_3" }), existing),
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
              const input = refundOf(order, { medusa_id: "ref_2" })
              const start = await elsewhere.beginOperation(input, allExist)
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
        const input = refundOf(order, { medusa_id: "ref_2" })

        await expect(journal.beginOperation(input, neverAsked)).rejects.toThrow("Medusa was asked")
        const answer = await journal.beginOperation(input, noneLive)

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
            next_check_at: null,
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
        const input = refundOf(order, { amount: "111.99", limit: "111.99" })
        const start = await journal.beginOperation(input, neverAsked)
        const { reference } = expectOperation(start).operation
        await journal.settleOperation(reference, { state: "declined", gateway_code: "LOW_BALANCE" })

        const next = await journal.beginOperation(input, neverAsked)

        expect(next).toMatchObject({ type: "begun", operation: { state: "intended" } })
        expect(expectOperation(next).operation.reference.slice(26)).toBe("R2")
      })
    })
  })
}
