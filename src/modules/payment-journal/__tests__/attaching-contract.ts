import { firstCheckMs } from "../check-claim"
import { newOrder, newSessionId, openedOrder, type JournalUnderTest } from "./journal-fixtures"

export function describeAttaching(subject: () => JournalUnderTest): void {
  describe("an order whose money is attached to another session", () => {
    it("is listed with the session it was attached to, and with no other", async () => {
      const { journal, elsewhere, linkCart } = subject()
      const [session_id, first, second] = [newSessionId(), newSessionId(), newSessionId()]
      const payment_collection_id = `pay_col_${session_id}`
      await linkCart(payment_collection_id, `cart_${session_id}`)
      const reference = await openedOrder(journal, { session_id, payment_collection_id })
      const left = await openedOrder(journal, { session_id, attempt: 1 })
      await journal.changeOrder(reference, { state: "paid" })

      await journal.attachOrder(reference, first)
      expect(await journal.attachOrder(reference, second)).toMatchObject({
        session_id,
        attached_session_id: second,
      })

      const referencesOf = async (session: string) =>
        (await elsewhere.ordersOfSession(session)).map((order) => order.reference)
      expect(await referencesOf(second)).toEqual([reference])
      expect(await referencesOf(first)).toEqual([])
      expect(await referencesOf(session_id)).toEqual([left])
      expect(await elsewhere.bindingOrdersOfCart(`cart_${session_id}`)).toEqual([])
    })

    it("counts as paid with what came, once that was attached", async () => {
      const { journal, elsewhere, clock } = subject()
      const wish = newOrder()
      await journal.openOrder(wish)
      await journal.changeOrder(wish.reference, { state: "failed" })
      await journal.scheduleOrderCheck(wish.reference, null)

      const attached = await journal.attachOrder(wish.reference, "payses_other", "60.00")

      expect(attached).toMatchObject({
        state: "paid",
        amount: "60.00",
        requested_amount: "60.00",
        attached_session_id: "payses_other",
        next_check_at: new Date(clock.now().getTime() + firstCheckMs),
      })
      expect(await elsewhere.findOrder(wish.reference)).toEqual(attached)
    })

    it.each(["refunded", "chargeback"] as const)(
      "is not attached when its money is gone again (%s)",
      async (state) => {
        const { journal } = subject()
        const reference = await openedOrder(journal)
        await journal.changeOrder(reference, { state: "paid" })
        await journal.changeOrder(reference, { state })
        const before = await journal.findOrder(reference)

        expect(await journal.attachOrder(reference, "payses_other", "60.00")).toBeUndefined()
        expect(await journal.findOrder(reference)).toEqual(before)
      }
    )
  })
}
