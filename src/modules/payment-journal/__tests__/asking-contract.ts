import { mostHints } from "../gateway-order"
import { newOrder, openedOrder, times, type JournalUnderTest } from "./journal-fixtures"

export function describeAsking(subject: () => JournalUnderTest): void {
  describe("asking about orders", () => {
    it("keeps what an order was opened with", async () => {
      const { journal, elsewhere } = subject()
      const details = { return_url: "https://shop.example/thanks" }
      const reference = await openedOrder(journal, { details })
      expect((await elsewhere.findOrder(reference))?.details).toEqual(details)
    })

    it("keeps each hint once, the newest first", async () => {
      const { journal, elsewhere } = subject()
      const reference = await openedOrder(journal)
      await journal.noteHint(reference, "first")
      await elsewhere.noteHint(reference, "second")
      await journal.noteHint(reference, "first")
      expect((await journal.findOrder(reference))?.hints).toEqual(["second", "first"])
    })

    it("keeps no more hints than there is use for, whoever leaves them", async () => {
      const { journal } = subject()
      const reference = await openedOrder(journal)
      for (const hint of times(mostHints + 5, (index) => `hint, "${index}" {}`)) {
        await journal.noteHint(reference, hint)
      }
      const hints = (await journal.findOrder(reference))?.hints
      expect(hints).toHaveLength(mostHints)
      expect(hints?.[0]).toBe(`hint, "${mostHints + 4}" {}`)
    })

    it("makes no row for a hint about an order that nobody opened", async () => {
      const { journal } = subject()
      const { reference } = newOrder()
      await journal.noteHint(reference, "stray")
      expect(await journal.findOrder(reference)).toBeUndefined()
    })

    it("lets one of all who wait ask, and the next only after a while", async () => {
      const { journal, elsewhere, clock } = subject()
      const reference = await openedOrder(journal)
      const all = await Promise.all(
        times(10, (index) => (index % 2 ? journal : elsewhere).mayAsk(reference, 2_000))
      )
      expect(all.filter((may) => may)).toHaveLength(1)
      clock.advance(1_999)
      expect(await journal.mayAsk(reference, 2_000)).toBe(false)
      clock.advance(1)
      expect(await elsewhere.mayAsk(reference, 2_000)).toBe(true)
    })

    it("lets nobody ask about an order that nobody opened", async () => {
      const { journal } = subject()
      expect(await journal.mayAsk(newOrder().reference, 2_000)).toBe(false)
    })
  })
}
