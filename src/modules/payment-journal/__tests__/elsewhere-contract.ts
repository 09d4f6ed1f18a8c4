import {
  neverAsked,
  noneLive,
  openedOrder,
  refundOf,
  times,
  type JournalUnderTest,
} from "./journal-fixtures"
import { countTypes, expectOperation, unknownRefund } from "./operation-fixtures"

export function describeElsewhere(subject: () => JournalUnderTest): void {
  describe("a refund that a person made another way", () => {
    it("is taken up by one of twenty wishes for it, and nothing is left to begin", async () => {
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

    it("counts against what is left, for another amount and for a wish without a row", async () => {
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
