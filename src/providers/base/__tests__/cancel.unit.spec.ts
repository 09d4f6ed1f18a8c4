import { FakeStore, referenceOf } from "../../../testing/fake-store"

const refused = { type: "not_allowed" }

describe("cancelPayment", () => {
  it("never refunds: what was paid is refused, with the way out", async () => {
    const store = new FakeStore()
    const payment = await store.authorized()
    await expect(store.cancel(payment)).rejects.toMatchObject({
      ...refused,
      message: expect.stringMatching(/refund it instead/),
    })
    expect(store.gateway.order(referenceOf(payment)).moves).toEqual([])
  })

  it("finds out that an open order was paid a moment ago", async () => {
    const store = new FakeStore()
    const payment = store.addPayment(await store.createSession())
    store.gateway.pay(referenceOf(payment))
    await expect(store.cancel(payment)).rejects.toMatchObject(refused)
    expect(store.gateway.order(referenceOf(payment)).moves).toEqual([])
  })

  it("finds out that an order which failed before was paid after all", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    store.gateway.order(referenceOf(session)).word = "DECLINED"
    await store.authorize(session)
    store.gateway.pay(referenceOf(session))
    await expect(store.cancelSession(session)).rejects.toMatchObject(refused)
  })

  it("does not let go in silence of an order that was paid with another amount", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    store.gateway.pay(referenceOf(session), { amount: "99" })
    await expect(store.cancelSession(session)).rejects.toMatchObject(refused)
  })

  it("lets go of an order that nobody paid, and keeps it known", async () => {
    const store = new FakeStore()
    const payment = store.addPayment(await store.createSession())
    await store.cancel(payment)
    expect((await store.order(payment)).session_released_at).not.toBeNull()
  })

  it("lets go with a warning where the gateway can't be asked", async () => {
    const store = new FakeStore()
    const payment = store.addPayment(await store.createSession())
    store.gateway.failNext("queryOrder", { outcome: "unknown" })
    await store.cancel(payment)
    expect(store.said("warn")).toContain(referenceOf(payment))
  })

  it("gives a reservation back, once", async () => {
    const store = new FakeStore({ capture: "full", voids: true })
    const payment = await store.authorized({ amount: "111.9888" })
    await store.cancel(payment)
    await store.cancel(payment)
    expect(store.gateway.moved(referenceOf(payment), "void")).toEqual(["111.99"])
    expect(payment.data.status).toBe("canceled")
  })

  it("says what becomes of a reservation that the gateway can't give back", async () => {
    const store = new FakeStore({ capture: "full", voids: false })
    const payment = await store.authorized()
    await expect(store.cancel(payment)).rejects.toMatchObject({
      ...refused,
      message: expect.stringMatching(/lapses by itself/),
    })
  })

  it("leaves a reservation alone that another payment of the session lives on", async () => {
    const store = new FakeStore({ capture: "full", voids: true })
    const winner = await store.authorized()
    await expect(store.cancelSession(winner.session)).rejects.toMatchObject(refused)
    await expect(store.cancel(store.addPayment(winner.session))).rejects.toMatchObject(refused)
    expect(store.gateway.callsOf("void")).toEqual([])
  })

  it("gives a reservation back whose payment Medusa could not write", async () => {
    const store = new FakeStore({ capture: "full", voids: true })
    const { session } = await store.authorized()
    store.payments.length = 0
    await store.cancelSession(session)
    expect(store.gateway.moved(referenceOf(session), "void")).toEqual(["100.00"])
  })

  it("asks about a void whose answer was lost, and makes it once", async () => {
    const store = new FakeStore({ capture: "full", voids: true })
    const payment = await store.authorized()
    store.gateway.failNext("void", { outcome: "unknown", acts: true })
    await expect(store.cancel(payment)).rejects.toMatchObject(refused)
    await store.cancel(payment)
    expect(store.gateway.moved(referenceOf(payment), "void")).toEqual(["100.00"])
  })

  it("gives nothing back while the outcome of a capture is not known", async () => {
    const store = new FakeStore({ capture: "multiple_partial", voids: true })
    const payment = await store.authorized()
    store.gateway.failNext("capture", { outcome: "unknown", acts: true })
    await expect(store.capture(payment, 60)).rejects.toMatchObject(refused)
    await expect(store.cancel(payment)).rejects.toMatchObject(refused)
    expect(store.gateway.callsOf("void")).toEqual([])
  })

  it("bears data without a reference", async () => {
    const store = new FakeStore()
    await expect(store.provider.cancelPayment({ data: {} })).resolves.toEqual({ data: {} })
    await expect(store.provider.cancelPayment({})).resolves.toEqual({ data: {} })
  })

  it("refuses a payment of another provider", async () => {
    const store = new FakeStore()
    const { data } = await store.createSession()
    await expect(store.other.cancelPayment({ data })).rejects.toMatchObject(refused)
  })
})
