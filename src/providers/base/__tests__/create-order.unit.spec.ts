import { BigNumber } from "@medusajs/framework/utils"
import { linkOf } from "../../../testing/fake-gateway"
import { FakeStore, referenceOf } from "../../../testing/fake-store"

describe("initiatePayment", () => {
  it.each([
    ["a number", 111.9888],
    ["a text", "111.9888"],
    ["Medusa's BigNumber", new BigNumber("111.9888")],
    ["the plain object of a database row", { value: "111.9888", precision: 20 }],
  ])("reads an amount that is %s and rounds it once, half up", async (_, amount) => {
    const store = new FakeStore()
    const session = await store.createSession({ amount })
    expect(session.data.amount).toBe("111.99")
    expect(store.gateway.order(referenceOf(session)).opened.amount).toBe("111.99")
    expect((await store.order(session)).requested_amount).toBe("111.9888")
  })

  it.each([
    ["php", "0.01", "0.01"],
    ["php", "1234567.89", "1234567.89"],
    ["php", "100", "100.00"],
    ["php", "0.005", "0.01"],
    ["PHP", "1e3", "1000.00"],
    ["krw", "1499.5", "1500"],
    ["krw", "1499.4999", "1499"],
    ["kwd", "1.2345", "1.235"],
    ["kwd", "12", "12.000"],
    ["php", "9007199254740993.01", "9007199254740993.01"],
  ])("charges in %s for %s exactly %s", async (currency, amount, charged) => {
    const store = new FakeStore()
    const session = await store.createSession({ amount, currency })
    expect(store.gateway.order(referenceOf(session)).opened).toMatchObject({
      amount: charged,
      currency: currency.toLowerCase(),
    })
    expect(session.data).toMatchObject({ amount: charged, currency_code: currency.toLowerCase() })
  })

  it("refuses a currency that the gateway does not take, and says what a shopper can do", async () => {
    const store = new FakeStore()
    await expect(store.createSession({ currency: "eur" })).rejects.toMatchObject({
      type: "invalid_data",
      message: "Fake Pay can't be used for a payment in EUR. Choose another way to pay",
    })
    expect(store.gateway.calls).toEqual([])
  })

  it.each([0, "0.004", -5, "NaN", "much"])("refuses to charge %s", async (amount) => {
    const store = new FakeStore()
    const session = store.addSession()
    await expect(store.initiate(session, { amount })).rejects.toMatchObject({
      type: "invalid_data",
    })
    expect(store.gateway.calls).toEqual([])
  })

  it("tells the storefront what to do next, with our keys and the session's id", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    const reference = `${session.id.replace("payses_", "")}0`
    expect(session.status).toBe("pending")
    expect(session.data).toEqual({
      session_id: session.id,
      reference,
      gateway_id: `MU-${reference}`,
      amount: "100.00",
      currency_code: "php",
      status: "open",
      next_action: linkOf(reference),
      expires_at: null,
    })
  })

  it("writes the order to the journal before the gateway is asked", async () => {
    const store = new FakeStore()
    store.gateway.failNext("createOrder", { outcome: "bug" })
    const session = store.addSession()
    await expect(store.initiate(session)).rejects.toThrow(TypeError)
    expect(await store.journal.ordersOfSession(session.id)).toMatchObject([{ state: "opening" }])
  })

  it("charges nothing and asks for one order only", async () => {
    const store = new FakeStore()
    await store.createSession()
    expect(store.gateway.calls.map((call) => call.operation)).toEqual(["createOrder"])
  })

  it("gives back the order that is open already when it is called again", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    const before = session.data
    await store.initiate(session)
    expect(session.data).toEqual(before)
    expect(store.gateway.callsOf("createOrder")).toHaveLength(1)
  })

  it("refuses to open one session's first order again for another amount", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    await expect(store.initiate(session, { amount: 120 })).rejects.toMatchObject({
      type: "invalid_data",
    })
    expect(store.gateway.callsOf("createOrder")).toHaveLength(1)
  })

  it("refuses to open one session's first order again in another currency", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    await expect(store.initiate(session, { currency: "krw" })).rejects.toMatchObject({
      type: "invalid_data",
    })
  })

  describe("when the gateway fails", () => {
    it("passes on a refusal with its code, its words, our reference and what to do", async () => {
      const store = new FakeStore()
      store.gateway.failNext("createOrder", {
        outcome: "declined",
        code: "E7",
        gatewayMessage: "no limit",
      })
      const session = store.addSession()
      await expect(store.initiate(session)).rejects.toMatchObject({ type: "not_allowed" })
      const [order] = await store.journal.ordersOfSession(session.id)
      expect(order?.state).toBe("refused")
      expect(order?.session_released_at).not.toBeNull()
      expect(store.everythingSaid()).toContain("E7: no limit")
      expect(store.everythingSaid()).toContain(order?.reference)
      expect(store.everythingSaid()).toMatch(/Nothing was charged\. Choose another way to pay/)
    })

    it("notes an order that never left us as refused", async () => {
      const store = new FakeStore()
      store.gateway.failNext("createOrder", { outcome: "not_sent" })
      const session = store.addSession()
      await expect(store.initiate(session)).rejects.toMatchObject({ type: "not_allowed" })
      expect(await store.journal.ordersOfSession(session.id)).toMatchObject([{ state: "refused" }])
    })

    it("asks what became of an order whose answer was lost, and goes on with it", async () => {
      const store = new FakeStore()
      store.gateway.failNext("createOrder", { outcome: "unknown", acts: true })
      const session = await store.createSession()
      expect(session.data).toMatchObject({
        status: "open",
        next_action: linkOf(referenceOf(session)),
      })
      expect(store.gateway.calls.map((call) => call.operation)).toEqual([
        "createOrder",
        "queryOrder",
      ])
    })

    it("keeps an order whose answer was lost known where the gateway can't be asked", async () => {
      const store = new FakeStore()
      store.gateway.failNext("createOrder", { outcome: "unknown", acts: true })
      store.gateway.failNext("queryOrder", { outcome: "unknown" })
      const session = store.addSession()
      await expect(store.initiate(session)).rejects.toMatchObject({ type: "not_allowed" })
      expect(await store.journal.ordersOfSession(session.id)).toMatchObject([{ state: "opening" }])
    })

    it("asks before it sends an order a second time that was never answered", async () => {
      const store = new FakeStore({ tellsLinkAgain: true })
      const session = store.addSession()
      store.gateway.failNext("createOrder", { outcome: "unknown", acts: true })
      store.gateway.failNext("queryOrder", { outcome: "not_sent" })
      await expect(store.initiate(session)).rejects.toMatchObject({ type: "not_allowed" })
      await store.initiate(session)
      expect(session.data.next_action).toEqual(linkOf(referenceOf(session)))
      expect(store.gateway.callsOf("createOrder")).toHaveLength(1)
    })

    it("sends an order that was refused again, under the same reference", async () => {
      const store = new FakeStore()
      const session = store.addSession()
      store.gateway.failNext("createOrder", { outcome: "declined" })
      await expect(store.initiate(session)).rejects.toMatchObject({ type: "not_allowed" })
      await store.initiate(session)
      const references = store.gateway.callsOf("createOrder").map((call) => call.reference)
      expect(references).toEqual([referenceOf(session), referenceOf(session)])
      expect(await store.order(session)).toMatchObject({ state: "open" })
    })
  })

  it("works only on sessions of its own entry in the shop's config", async () => {
    const store = new FakeStore()
    for (const provider_id of ["pp_fake_other", "pp_system_default", "pp_fake"]) {
      const session = Object.assign(store.addSession(), { provider_id })
      await expect(store.initiate(session)).rejects.toMatchObject({ type: "not_allowed" })
    }
    expect(store.gateway.calls).toEqual([])
  })

  it("refuses a session that Medusa does not have", async () => {
    const store = new FakeStore()
    const session = store.addSession()
    store.deleteRow(session)
    await expect(store.initiate(session)).rejects.toMatchObject({ type: "not_allowed" })
    expect(store.gateway.calls).toEqual([])
  })

  it("tells the gateway and the journal who is logged in", async () => {
    const store = new FakeStore()
    const session = await store.createSession({ customer: { id: "cus_1" } })
    expect(store.gateway.order(referenceOf(session)).opened.customerId).toBe("cus_1")
    expect(await store.order(session)).toMatchObject({ customer_id: "cus_1" })
  })
})

describe("updatePayment", () => {
  it.each([100, "100.00", "99.999", { value: "100.004", precision: 20 }])(
    "keeps the order where %s is charged as what was ordered",
    async (amount) => {
      const store = new FakeStore()
      const session = await store.createSession()
      const before = session.data
      await store.updateSession(session, amount)
      expect(session.data).toEqual(before)
      expect(store.gateway.callsOf("createOrder")).toHaveLength(1)
    }
  )

  it("opens another attempt for another amount, and lets go of the old one", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    const old = await store.order(session)
    await store.updateSession(session, "111.9888")
    expect(referenceOf(session)).toBe(old.reference.replace(/0$/, "1"))
    expect(session.data).toMatchObject({
      amount: "111.99",
      status: "open",
      next_action: linkOf(referenceOf(session)),
    })
    expect((await store.journal.findOrder(old.reference))?.session_released_at).not.toBeNull()
  })

  it.each(["automatic", "full"] as const)(
    "refuses another amount for what was paid (captures %s)",
    async (capture) => {
      const store = new FakeStore({ capture })
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
    const store = new FakeStore()
    const session = await store.createSession()
    store.gateway.failNext("queryOrder", { outcome: "unknown" })
    await store.updateSession(session, 120)
    expect(session.data.amount).toBe("120.00")
    expect(await store.journal.ordersOfSession(session.id)).toHaveLength(2)
  })

  it("tries again after the gateway refused the new amount's order", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    store.gateway.failNext("createOrder", { outcome: "declined" })
    await expect(store.updateSession(session, 120)).rejects.toMatchObject({ type: "not_allowed" })
    await store.updateSession(session, 120)
    expect(session.data).toMatchObject({ amount: "120.00", status: "open" })
    expect(session.data.next_action).toEqual(linkOf(referenceOf(session)))
  })

  it("finds the way to pay again after the answer about the new order was lost", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    store.gateway.failNext("createOrder", { outcome: "unknown", acts: true })
    store.gateway.failNext("queryOrder", { outcome: "unknown" }, { outcome: "unknown" })
    await expect(store.updateSession(session, 120)).rejects.toMatchObject({ type: "not_allowed" })
    await store.updateSession(session, 120)
    expect(session.data.next_action).toEqual(linkOf(referenceOf(session)))
  })

  it("does not abandon a part that the shopper has paid already", async () => {
    const store = new FakeStore({ receivesInParts: true })
    const session = await store.createSession()
    store.gateway.pay(referenceOf(session), { amount: "60" })
    await expect(store.updateSession(session, 120)).rejects.toMatchObject({ type: "not_allowed" })
  })

  it("refuses a currency, an amount and card-like data as initiatePayment does", async () => {
    const store = new FakeStore()
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
    const store = new FakeStore()
    const session = await store.createSession()
    session.provider_id = "pp_fake_other"
    await expect(store.updateSession(session, 120)).rejects.toMatchObject({ type: "not_allowed" })
  })

  it("says so in a sentence for people when a session has used up its attempts", async () => {
    const store = new FakeStore()
    const session = await store.createSession({ amount: 1 })
    for (let amount = 2; amount <= 36; amount += 1) {
      await store.updateSession(session, amount)
    }
    await expect(store.updateSession(session, 37)).rejects.toMatchObject({ type: "not_allowed" })
  })
})

describe("updatePayment of a session whose newest order could not be opened", () => {
  it("asks about the older orders too, so that what was paid is not paid again", async () => {
    const store = new FakeStore()
    const session = await store.createSession({ amount: 100 })
    const paid = referenceOf(session)
    store.gateway.failNext("createOrder", { outcome: "declined" })
    await expect(store.updateSession(session, 70)).rejects.toThrow()
    store.gateway.pay(paid)
    await expect(store.updateSession(session, 70)).rejects.toThrow(/already paid/)
    expect(store.gateway.orders.size).toBe(1)
  })
})
