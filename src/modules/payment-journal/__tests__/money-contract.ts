import {
  delicateAmounts,
  newMoney,
  notAmounts,
  openedOrder,
  times,
  type JournalUnderTest,
} from "./journal-fixtures"

export function describeMoney(subject: () => JournalUnderTest): void {
  describe("received money", () => {
    it("is none for an order that is not known", async () => {
      expect(await subject().journal.moneyOfOrder("unknown")).toEqual([])
    })

    it("is counted once, and the first telling stands", async () => {
      const { journal, elsewhere } = subject()
      const order = await openedOrder(journal)

      const first = await journal.receiveMoney(newMoney(order))
      const again = await elsewhere.receiveMoney(newMoney(order, { amount: "1.00" }))

      expect(first).toMatchObject({ isNew: true, money: newMoney(order) })
      expect(again).toEqual({ isNew: false, money: first.money })
      expect(await journal.moneyOfOrder(order)).toEqual([first.money])
    })

    it("is counted once when ten tell of it at once on two servers", async () => {
      const { journal, elsewhere } = subject()
      const order = await openedOrder(journal)

      const answers = await Promise.all(
        times(10, (index) => (index % 2 ? journal : elsewhere).receiveMoney(newMoney(order)))
      )

      expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(await journal.moneyOfOrder(order)).toHaveLength(1)
    })

    it("tells whose it is when one number of the gateway comes for two orders", async () => {
      const { journal } = subject()
      const one = await openedOrder(journal)
      const two = await openedOrder(journal)
      await journal.receiveMoney(newMoney(one))

      const answer = await journal.receiveMoney(newMoney(two, { gateway_id: `G${one}` }))

      expect(answer).toMatchObject({ isNew: false, money: { order_reference: one } })
    })

    it("is another's where another gateway uses the same number", async () => {
      const { journal } = subject()
      const order = await openedOrder(journal)
      await journal.receiveMoney(newMoney(order))

      const { isNew } = await journal.receiveMoney(
        newMoney(order, { provider_id: "pp_other_other" })
      )

      expect(isNew).toBe(true)
    })

    it("adds up from several parts, oldest first", async () => {
      const { journal, clock } = subject()
      const order = await openedOrder(journal)
      for (const gateway_id of ["B", "A", "C"]) {
        await journal.receiveMoney(newMoney(order, { gateway_id: `${gateway_id}-${order}` }))
        clock.advance(1)
      }

      const parts = await journal.moneyOfOrder(order)

      expect(parts.map(({ gateway_id }) => gateway_id[0])).toEqual(["B", "A", "C"])
    })

    it("is kept although no order of ours is known for it", async () => {
      const { journal } = subject()
      await journal.receiveMoney(newMoney("order-of-nobody"))

      expect(await journal.moneyOfOrder("order-of-nobody")).toHaveLength(1)
    })

    it.each(delicateAmounts)("keeps %s to the last digit", async (amount) => {
      const { journal } = subject()
      const order = await openedOrder(journal)
      await journal.receiveMoney(newMoney(order, { amount }))

      expect(await journal.moneyOfOrder(order)).toMatchObject([{ amount }])
    })

    it.each(notAmounts)('refuses "%s" as an amount', async (amount) => {
      const { journal } = subject()
      const order = await openedOrder(journal)

      await expect(journal.receiveMoney(newMoney(order, { amount }))).rejects.toThrow(
        "is not an amount"
      )

      expect(await journal.moneyOfOrder(order)).toEqual([])
    })
  })
}
