import { FakeStore, referenceOf } from "../../../testing/fake-store"

describe("capturePayment", () => {
  it.each(["full", "multiple_partial"] as const)(
    "takes all that was ordered (captures %s)",
    async (capture) => {
      const store = new FakeStore({ capture })
      const payment = await store.authorized({ amount: "111.9888" })
      await store.capture(payment)
      expect(store.gateway.moved(referenceOf(payment), "capture")).toEqual(["111.99"])
      expect(payment.data).toMatchObject({ status: "paid", reference: referenceOf(payment) })
    }
  )

  it("takes exactly the part that Medusa's row says", async () => {
    const store = new FakeStore({ capture: "multiple_partial" })
    const payment = await store.authorized()
    await store.capture(payment, "30.5")
    await store.capture(payment, "69.50")
    expect(store.gateway.moved(referenceOf(payment), "capture")).toEqual(["30.50", "69.50"])
  })

  it("refuses a part where the gateway only captures in full, and says what can be captured", async () => {
    const store = new FakeStore({ capture: "full" })
    const payment = await store.authorized()
    await expect(store.capture(payment, 30)).rejects.toMatchObject({
      type: "not_allowed",
      message: expect.stringMatching(/100\.00 PHP can be captured, 30\.00 PHP can't/),
    })
    expect(store.gateway.callsOf("capture")).toEqual([])
  })

  it("refuses a typed amount with too many places and never rounds it", async () => {
    const store = new FakeStore({ capture: "multiple_partial" })
    const payment = await store.authorized()
    await expect(store.capture(payment, "1.001")).rejects.toMatchObject({ type: "invalid_data" })
    expect(store.gateway.callsOf("capture")).toEqual([])
  })

  it("takes the rest of a total with four places after a part", async () => {
    const store = new FakeStore({ capture: "multiple_partial" })
    const payment = await store.authorized({ amount: "111.9888" })
    await store.capture(payment, 60)
    await store.capture(payment, "51.9888")
    expect(store.gateway.moved(referenceOf(payment), "capture")).toEqual(["60.00", "51.99"])
  })

  it("refuses more than is left", async () => {
    const store = new FakeStore({ capture: "multiple_partial" })
    const payment = await store.authorized()
    await store.capture(payment, 60)
    await expect(store.capture(payment, 50)).rejects.toMatchObject({ type: "not_allowed" })
    expect(store.gateway.moved(referenceOf(payment), "capture")).toEqual(["60.00"])
  })

  it("takes nothing for a capture whose row Medusa does not have", async () => {
    const store = new FakeStore({ capture: "multiple_partial" })
    const { data } = await store.authorized()
    const call = store.provider.capturePayment({ data, context: { idempotency_key: "capt_gone" } })
    await expect(call).rejects.toMatchObject({ type: "not_allowed" })
    expect(store.gateway.callsOf("capture")).toEqual([])
  })

  it("refuses a payment that was not authorized", async () => {
    const store = new FakeStore({ capture: "full" })
    const payment = store.addPayment(await store.createSession())
    await expect(store.capture(payment)).rejects.toMatchObject({ type: "not_allowed" })
    expect(store.gateway.callsOf("capture")).toEqual([])
  })

  it("asks about a capture whose answer was lost, and takes nothing twice", async () => {
    const store = new FakeStore({ capture: "multiple_partial" })
    const payment = await store.authorized()
    store.gateway.failNext("capture", { outcome: "unknown", acts: true })
    await expect(store.capture(payment, 60)).rejects.toMatchObject({ type: "not_allowed" })
    await store.capture(payment, 60)
    expect(store.gateway.moved(referenceOf(payment), "capture")).toEqual(["60.00"])
  })

  it("sends nothing where the gateway takes the money in one step, once it was taken", async () => {
    const store = new FakeStore()
    const payment = await store.authorized()
    await store.capture(payment)
    expect(payment.data.status).toBe("paid")
    expect(store.gateway.order(referenceOf(payment)).moves).toEqual([])
  })

  it("refuses a payment in one step that the gateway has not received", async () => {
    const store = new FakeStore()
    const payment = store.addPayment(await store.createSession())
    await expect(store.capture(payment)).rejects.toMatchObject({
      type: "not_allowed",
      message: expect.stringContaining(referenceOf(payment)),
    })
  })
})

describe("capturePayment of a gateway that captures once", () => {
  it("takes a part, and no second one", async () => {
    const store = new FakeStore({ capture: "single_partial" })
    const payment = await store.authorized()
    await store.capture(payment, 60)
    await expect(store.capture(payment, 40)).rejects.toThrow(/captures a payment only once/)
    expect(store.gateway.moved(referenceOf(payment), "capture")).toEqual(["60.00"])
  })

  it("takes one of two that are asked for at once", async () => {
    const store = new FakeStore({ capture: "single_partial" })
    const payment = await store.authorized()
    const captures = await Promise.allSettled([
      store.capture(payment, 60),
      store.capture(payment, 40),
    ])
    expect(captures.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
    expect(store.gateway.moved(referenceOf(payment), "capture")).toHaveLength(1)
  })

  it("refunds no more than the part that was taken", async () => {
    const store = new FakeStore({ capture: "single_partial" })
    const payment = await store.authorized()
    await store.capture(payment, 60)
    await expect(store.refund(payment, 61)).rejects.toThrow()
    await store.refund(payment, 60)
    expect(store.gateway.moved(referenceOf(payment), "refund")).toEqual(["60.00"])
  })
})
