import { MemoryJournal } from "../../../modules/payment-journal/__tests__/memory-journal"
import { MadeUpStore, referenceOf } from "./made-up-store"

class BrokenJournal extends MemoryJournal {
  override async releaseOrder(): Promise<void> {
    throw new Error("connection to postgres://user:marked-password@db lost")
  }
}

describe("deletePayment", () => {
  it("notes that the session is gone and keeps the order known", async () => {
    const store = new MadeUpStore()
    const session = await store.createSession()
    await store.deleteSession(session)
    const order = await store.order(session)
    expect(order.state).toBe("open")
    expect(order.released_at).not.toBeNull()
  })

  it("asks the gateway nothing, even where it is down", async () => {
    const store = new MadeUpStore()
    const session = await store.createSession()
    const calls = store.gateway.calls.length
    store.gateway.failNext("queryOrder", { outcome: "unknown" })
    await store.deleteSession(session)
    expect(store.gateway.calls).toHaveLength(calls)
  })

  it("does not throw when the journal fails, and says so without the error's words", async () => {
    const store = new MadeUpStore({}, (now) => new BrokenJournal({ now }))
    const session = await store.createSession()
    await expect(store.deleteSession(session)).resolves.toBeUndefined()
    expect(store.said("warn")).toMatch(/could not note/)
    expect(store.everythingSaid()).not.toContain("marked-password")
  })

  it.each([
    ["no data", undefined],
    ["data without a reference", {}],
    ["a reference that is no text", { reference: { $ne: null } }],
    ["a reference that nobody knows", { reference: "01JQ" }],
  ])("bears %s", async (_, data) => {
    const store = new MadeUpStore()
    await expect(store.provider.deletePayment({ data })).resolves.toEqual({ data: data ?? {} })
  })

  it("lets go of nothing that another provider opened", async () => {
    const store = new MadeUpStore()
    const session = await store.createSession()
    await store.other.deletePayment({ data: { reference: referenceOf(session) } })
    expect((await store.order(session)).released_at).toBeNull()
  })
})
