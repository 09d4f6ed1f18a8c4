import { MemoryJournal } from "../../../testing/memory-journal"
import { describeJournalContract } from "./journal-contract"
import { ManualClock, newOrder } from "./fixtures"

describe("MemoryJournal", () => {
  const clock = new ManualClock()
  const carts = new Map<string, string>()
  const exceptions = new Set<string>()
  const journal = new MemoryJournal({
    now: clock.now,
    cartOf: (id) => carts.get(id),
    isException: (reference) => exceptions.has(reference),
  })

  describeJournalContract(() => ({
    journal,
    elsewhere: journal,
    clock,
    linkCart: async (paymentCollectionId, cartId) => {
      carts.set(paymentCollectionId, cartId)
    },
    listException: async (reference) => {
      exceptions.add(reference)
    },
  }))

  it("gives out copies, so that nobody changes a row behind its back", async () => {
    const { order } = await journal.openOrder(newOrder())
    const asWritten = structuredClone(order)
    order.state = "paid"
    order.created_at.setFullYear(1999)

    expect(await journal.findOrder(order.reference)).toEqual(asWritten)
  })

  it("keeps details as a JSON column does", async () => {
    const { order } = await journal.openOrder(newOrder())
    const details = { expires_at: new Date("2030-01-01T00:00:00Z"), language: undefined }

    const changed = await journal.changeOrder(order.reference, { state: "open", details })

    expect(Object.entries(changed?.details ?? {})).toEqual([
      ["expires_at", "2030-01-01T00:00:00.000Z"],
    ])
  })

  it("works without a clock or carts of one's own", async () => {
    const { order } = await new MemoryJournal().openOrder(
      newOrder({ payment_collection_id: "pay_col_1" })
    )
    expect(order.cart_id).toBeNull()
  })
})
