import { linkOf } from "./made-up-gateway"
import { MadeUpStore, referenceOf } from "./made-up-store"

describe("updatePayment", () => {
  it.each([100, "100.00", "99.999", { value: "100.004", precision: 20 }])(
    "keeps the order where %s is charged as what was ordered",
    async (amount) => {
      const store = new MadeUpStore()
      const session = await store.createSession()
      const before = session.data
      await store.updateSession(session, amount)
      expect(session.data).toEqual(before)
      expect(store.gateway.callsOf("createOrder")).toHaveLength(1)
    }
  )

  it("opens another attempt for another amount, and lets go of the old one", async () => {
    const store = new MadeUpStore()
    const session = await store.createSession()
    const old = await store.order(session)
    await store.updateSession(session, "111.9888")
    expect(referenceOf(session)).toBe(old.reference.replace(/0$/, "1"))
    expect(session.data).toMatchObject({
      amount: "111.99",
      status: "open",
      next_action: linkOf(referenceOf(session)),
    })
    expect((await store.journal.findOrder(old.reference))?.released_at).not.toBeNull()
  })

  it.each(["at_once", "later"] as const)(
    "refuses another amount for what was paid (captures %s)",
    async (captures) => {
      const store = new MadeUpStore({ captures })
      const session = await store.createSession()
      store.gateway.pay(referenceOf(session))
      await expect(store.updateSession(session, 120)).rejects.toMatchObject({
        type: "not_allowed",
        message: expect.stringContaining(referenceOf(session)),
      })
      expect(store.gateway.callsOf("createOrder")).toHaveLength(1)
    }
  )

  it("goes on where the gateway can't be asked: the old order stays known", async () => {
    const store = new MadeUpStore()
    const session = await store.createSession()
    store.gateway.failNext("queryOrder", { outcome: "unknown" })
    await store.updateSession(session, 120)
    expect(session.data.amount).toBe("120.00")
    expect(await store.journal.ordersOfSession(session.id)).toHaveLength(2)
  })

  it("tries again after the gateway refused the new amount's order", async () => {
    const store = new MadeUpStore()
    const session = await store.createSession()
    store.gateway.failNext("createOrder", { outcome: "declined" })
    await expect(store.updateSession(session, 120)).rejects.toMatchObject({ type: "not_allowed" })
    await store.updateSession(session, 120)
    expect(session.data).toMatchObject({ amount: "120.00", status: "open" })
    expect(session.data.next_action).toEqual(linkOf(referenceOf(session)))
  })

  it("finds the way to pay again after the answer about the new order was lost", async () => {
    const store = new MadeUpStore()
    const session = await store.createSession()
    store.gateway.failNext("createOrder", { outcome: "unknown", acts: true })
    store.gateway.failNext("queryOrder", { outcome: "unknown" }, { outcome: "unknown" })
    await expect(store.updateSession(session, 120)).rejects.toMatchObject({ type: "not_allowed" })
    await store.updateSession(session, 120)
    expect(session.data.next_action).toEqual(linkOf(referenceOf(session)))
  })

  it("does not abandon a part that the shopper has paid already", async () => {
    const store = new MadeUpStore({ receivesInParts: true })
    const session = await store.createSession()
    store.gateway.pay(referenceOf(session), { amount: "60" })
    await expect(store.updateSession(session, 120)).rejects.toMatchObject({ type: "not_allowed" })
  })

  it("refuses a currency, an amount and card-like data as initiatePayment does", async () => {
    const store = new MadeUpStore()
    const session = await store.createSession()
    await expect(store.updateSession(session, 0)).rejects.toMatchObject({ type: "invalid_data" })
    const data = { ...session.data, note: "4111 1111 1111 1111" }
    await expect(store.updateSession(session, 120, data)).rejects.toMatchObject({
      type: "invalid_data",
    })
    session.currency_code = "eur"
    await expect(store.updateSession(session, 120)).rejects.toMatchObject({ type: "invalid_data" })
    expect(store.gateway.callsOf("createOrder")).toHaveLength(1)
  })

  it("refuses the session of another provider", async () => {
    const store = new MadeUpStore()
    const session = await store.createSession()
    session.provider_id = "pp_madeup_other"
    await expect(store.updateSession(session, 120)).rejects.toMatchObject({ type: "not_allowed" })
  })

  it("says so in a sentence for people when a session has used up its attempts", async () => {
    const store = new MadeUpStore()
    const session = await store.createSession({ amount: 1 })
    for (let amount = 2; amount <= 36; amount += 1) {
      await store.updateSession(session, amount)
    }
    await expect(store.updateSession(session, 37)).rejects.toMatchObject({ type: "not_allowed" })
  })
})

describe("updatePayment of a session whose newest order could not be opened", () => {
  it("asks about the older orders too, so that what was paid is not paid again", async () => {
    const store = new MadeUpStore()
    const session = await store.createSession({ amount: 100 })
    const paid = referenceOf(session)
    store.gateway.failNext("createOrder", { outcome: "declined" })
    await expect(store.updateSession(session, 70)).rejects.toThrow()
    store.gateway.pay(paid)
    await expect(store.updateSession(session, 70)).rejects.toThrow(/already paid/)
    expect(store.gateway.orders.size).toBe(1)
  })
})
