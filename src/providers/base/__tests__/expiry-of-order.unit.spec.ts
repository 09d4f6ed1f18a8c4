import { newOrder } from "../../../modules/payment-journal/__tests__/journal-fixtures"
import { MemoryJournal } from "../../../modules/payment-journal/__tests__/memory-journal"
import { knownOrder } from "../order-details"
import { MadeUpStore } from "./made-up-store"

const expiresAt = new Date("2030-01-01T01:00:00Z")

describe("until when an order can be paid", () => {
  it("is not told to the gateway where it is not known", async () => {
    const { order } = await new MemoryJournal().openOrder(newOrder())
    expect(knownOrder(order).expiresAt).toBeUndefined()
  })

  it("is told to the gateway that is asked about it", async () => {
    const { order } = await new MemoryJournal().openOrder(newOrder())
    expect(knownOrder({ ...order, expires_at: expiresAt }).expiresAt).toEqual(expiresAt)
  })

  it("is kept where only a question brought it, because the answer before it was lost", async () => {
    const store = new MadeUpStore()
    Object.assign(store.gateway.extra, { expiresAt })
    store.gateway.failNext("createOrder", { outcome: "unknown", acts: true })
    const session = await store.createSession()
    expect((await store.order(session)).expires_at).toEqual(expiresAt)
  })
})
