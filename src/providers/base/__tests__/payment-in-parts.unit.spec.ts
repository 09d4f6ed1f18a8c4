import { MadeUpStore, referenceOf } from "./made-up-store"

async function openSession(amount = 100) {
  const store = new MadeUpStore({ receivesInParts: true, refunds: "none" })
  const session = await store.createSession({ amount })
  return { store, session, reference: referenceOf(session) }
}

describe("a payment in parts", () => {
  it("is pending until the sum covers the amount, and shows what came", async () => {
    const { store, session, reference } = await openSession()
    store.gateway.pay(reference, { amount: "60.00" })
    expect(await store.authorize(session)).toBeUndefined()
    expect(session.status).toBe("pending")
    expect(session.data.received).toBe("60")
    store.gateway.pay(reference, { amount: "40.00" })
    expect(await store.authorize(session)).toBeDefined()
    expect(session.data).toMatchObject({ received: "100", status: "paid" })
  })

  it("counts parts that the gateway no longer names", async () => {
    const { store, session, reference } = await openSession()
    store.gateway.pay(reference, { amount: "60.00" })
    await store.authorize(session)
    store.gateway.order(reference).payments = []
    store.gateway.pay(reference, { amount: "40.00" })
    expect(await store.authorize(session)).toBeDefined()
  })

  it("is paid although the gateway's own order still waits", async () => {
    const { store, session, reference } = await openSession()
    store.gateway.pay(reference)
    store.gateway.order(reference).word = "WAITING"
    expect(await store.authorize(session)).toBeDefined()
  })

  it.each([
    ["DECLINED", "error"],
    ["WITHDRAWN", "canceled"],
    ["LAPSED", "pending"],
  ])("of which only a part came, at a gateway that says %s, is %s", async (word, status) => {
    const { store, session, reference } = await openSession()
    store.gateway.pay(reference, { amount: "60.00" })
    store.gateway.order(reference).word = word
    expect(await store.authorize(session)).toBeUndefined()
    expect(session.status).toBe(status)
    expect(session.data.received).toBe("60")
  })

  it("shows what is over", async () => {
    const { store, session, reference } = await openSession()
    store.gateway.pay(reference, { amount: "130.00" })
    expect(await store.authorize(session)).toBeDefined()
    expect(session.data).toMatchObject({ received: "130", surplus: "30" })
  })

  it("of which a part is in another currency is never taken", async () => {
    const { store, session, reference } = await openSession()
    store.gateway.pay(reference, { amount: "100.00", currency: "krw" })
    expect(await store.authorize(session)).toBeUndefined()
    expect(session.data.status).toBe("mismatch")
  })

  it("asks about the numbers that were named for it, until they are proven", async () => {
    const { store, session, reference } = await openSession()
    await store.webhook({ reference, word: "PAID", number: "PATCH1" })
    expect(store.gateway.hintsAsked.at(-1)).toEqual(["PATCH1"])
    store.gateway.pay(reference, { amount: "60.00", gatewayId: "PATCH1" })
    await store.authorize(session)
    await store.authorize(session)
    expect(store.gateway.hintsAsked.at(-1)).toEqual([])
  })

  it("shows a fee that the shopper paid on top", async () => {
    const store = new MadeUpStore()
    const session = await store.createSession()
    store.gateway.pay(referenceOf(session))
    Object.assign(store.gateway.extra, { surplus: "2" })
    expect(await store.authorize(session)).toBeDefined()
    expect(session.data.surplus).toBe("2")
  })
})
