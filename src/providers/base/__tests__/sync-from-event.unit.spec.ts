import { decimal } from "../../../gateways/shared/money"
import { isAnotherPayment } from "../../../modules/payment-journal/references"
import { refundException } from "../refund-exception"
import { genuine } from "../../../testing/fake-gateway"
import { FakeStore, referenceOf } from "../../../testing/fake-store"

const ignored = { action: "not_supported" }

async function paidSession(settings: ConstructorParameters<typeof FakeStore>[0] = {}) {
  const store = new FakeStore(settings)
  const session = await store.createSession({ amount: "111.9888" })
  const reference = referenceOf(session)
  store.gateway.pay(reference)
  return { store, session, reference, event: { reference, word: "PAID" } }
}

describe("a webhook", () => {
  it.each([
    ["automatic", "captured"],
    ["full", "authorized"],
    ["multiple_partial", "authorized"],
  ] as const)(
    "names the session and Medusa's own amount (captures %s)",
    async (capture, action) => {
      const { store, session, event } = await paidSession({ capture })
      expect(await store.webhook(event)).toMatchObject({
        action,
        data: { session_id: session.id, amount: "111.9888" },
      })
    }
  )

  it("believes what the gateway answers and not what the webhook says", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    const event = { reference: referenceOf(session), word: "PAID", amount: "100.00" }
    expect(await store.webhook(event)).toMatchObject({ action: "pending" })
  })

  it("drops a forged webhook without asking about anything", async () => {
    const { store, event } = await paidSession()
    const asked = store.gateway.callsOf("queryOrder").length
    expect(await store.webhook(event, {})).toMatchObject({
      ...ignored,
      decision: { type: "refused", status: 401 },
    })
    expect(store.gateway.callsOf("queryOrder")).toHaveLength(asked)
  })

  it.each(["", "not JSON", "[]", "null", JSON.stringify({ about: "payment", reference: 5 })])(
    "drops what it can't read: %s",
    async (body) => {
      const { store } = await paidSession()
      expect(await store.webhook(body)).toMatchObject({
        ...ignored,
        decision: { type: "refused", status: 400 },
      })
    }
  )

  it("that went past the plugin's own route makes Medusa do nothing, and is told of", async () => {
    const { store } = await paidSession()
    const asked = store.gateway.callsOf("queryOrder").length
    expect(await store.provider.getWebhookActionAndData()).toEqual(ignored)
    expect(store.gateway.callsOf("queryOrder")).toHaveLength(asked)
    expect(store.said("error")).toMatch(/handed to Medusa's payment module .* dropped/)
  })

  it("leaves events alone that are about something else", async () => {
    const { store, event } = await paidSession()
    expect(await store.webhook({ ...event, about: "payout" })).toMatchObject({
      ...ignored,
      decision: { type: "foreign" },
    })
  })

  it("names no session for a reference that nobody knows", async () => {
    const { store } = await paidSession()
    expect(await store.webhook({ reference: "01JQUNKNOWN", word: "PAID" })).toMatchObject(ignored)
  })

  it("names no session for an order of another provider", async () => {
    const { store, event } = await paidSession()
    expect(await store.webhook(event, genuine, "pp_fake_other")).toMatchObject(ignored)
  })

  it("names no session that is gone, keeps the money in the journal and says so", async () => {
    const { store, session, reference, event } = await paidSession()
    await store.deleteSession(session)
    expect(await store.webhook(event)).toMatchObject(ignored)
    expect(await store.journal.findOrder(reference)).toMatchObject({ state: "paid" })
    expect(store.said("warn")).toMatch(/payment session is gone/)
    expect(store.said("warn")).toContain(reference)
  })

  it("names no session that belongs to another provider by now", async () => {
    const { store, session, event } = await paidSession()
    session.provider_id = "pp_system_default"
    expect(await store.webhook(event)).toMatchObject(ignored)
  })

  it.each([
    ["another amount", { amount: 120, raw_amount: { value: "120", precision: 20 } }],
    ["another currency", { currency_code: "krw" }],
    ["a currency that the gateway does not take", { currency_code: "eur" }],
    ["nothing any more", { amount: 0, raw_amount: { value: "0", precision: 20 } }],
  ])("leaves a session alone that wants %s by now", async (_, change) => {
    const { store, session, event } = await paidSession()
    Object.assign(session, change)
    expect(await store.webhook(event)).toMatchObject(ignored)
    expect(store.said("warn")).toContain(session.id)
  })

  it("says the same when it comes twice, and counts the money once", async () => {
    const { store, reference, event } = await paidSession()
    expect(await store.webhook(event)).toEqual(await store.webhook(event))
    expect(await store.journal.moneyOfOrder(reference)).toHaveLength(1)
  })

  it("takes paid after failed: money decides", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    const event = { reference: referenceOf(session), word: "whatever" }
    store.gateway.order(event.reference).word = "DECLINED"
    expect(await store.webhook(event)).toMatchObject({ action: "failed" })
    store.gateway.pay(event.reference)
    expect(await store.webhook(event)).toMatchObject({ action: "captured" })
  })

  it("does not take failed after paid", async () => {
    const { store, reference, event } = await paidSession()
    await store.webhook(event)
    store.gateway.order(reference).word = "DECLINED"
    expect(await store.webhook(event)).toMatchObject({ action: "captured" })
  })

  it("never completes an order that was paid with another amount", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    const event = { reference: referenceOf(session), word: "PAID" }
    store.gateway.pay(event.reference, { amount: "99.99" })
    expect(await store.webhook(event)).toMatchObject({ action: "failed" })
    expect(store.said("error")).toContain(event.reference)
  })

  it("says where the webhook names another amount, and goes by what the gateway answers", async () => {
    const { store, event } = await paidSession()
    expect(await store.webhook({ ...event, amount: "5" })).toMatchObject({ action: "captured" })
    expect(store.said("warn")).toMatch(/another amount/)
  })

  it("throws where the gateway can't be asked, so that Medusa tries again", async () => {
    const { store, event } = await paidSession()
    store.gateway.failNext("queryOrder", { outcome: "unknown" })
    await expect(store.webhook(event)).rejects.toThrow()
    expect(await store.webhook(event)).toMatchObject({ action: "captured" })
  })

  it.each(["REFUNDED", "TAKEN_BACK"])("completes nothing for %s", async (word) => {
    const { store, reference, event } = await paidSession()
    await store.webhook(event)
    store.gateway.order(reference).word = word
    expect(await store.webhook(event)).toMatchObject(ignored)
  })

  it.each([60, "111.9888"])(
    "never has Medusa capture again what we captured ourselves (%s)",
    async (amount) => {
      const store = new FakeStore({ capture: "multiple_partial", tellsMoney: false })
      const payment = await store.authorized({ amount: "111.9888" })
      await store.capture(payment, amount)
      const reference = referenceOf(payment)
      store.gateway.order(reference).word = "PAID"
      const { action } = await store.webhook({ reference, word: "PAID" })
      expect(action).not.toBe("captured")
    }
  )

  it("does not take a partial capture whose answer was lost for a wrong payment", async () => {
    const store = new FakeStore({ capture: "multiple_partial" })
    const payment = await store.authorized()
    const reference = referenceOf(payment)
    store.gateway.failNext("capture", { outcome: "unknown", acts: true })
    await expect(store.capture(payment, 60)).rejects.toMatchObject({ type: "not_allowed" })
    const order = store.gateway.order(reference)
    order.payments.length = 0
    store.gateway.pay(reference, { amount: "60" })
    order.word = "PAID"
    expect(await store.webhook({ reference, word: "PAID" })).not.toMatchObject({ action: "failed" })
    expect(store.said("error")).toBe("")
  })

  it("repeats nothing of the webhook in the log that could be somebody's", async () => {
    const { store } = await paidSession()
    await store.webhook({ reference: "MARKED-REFERENCE", word: "MARKED-WORD", email: "marked@x.y" })
    await store.webhook({ reference: 5, note: "marked" })
    await store.webhook("marked")
    expect(store.log.map((line) => line.said).join("\n")).not.toMatch(/marked/i)
  })
})

/** A payment that was booked, and another one under the same reference that nobody has told of yet. */
async function paidTwice() {
  const store = new FakeStore({ refund: "single_partial" })
  const payment = await store.authorized()
  const reference = referenceOf(payment)
  store.gateway.others.set("SECOND", {
    reference,
    gatewayId: "SECOND",
    amount: decimal("100"),
    currency: "php",
  })
  return { store, payment, reference, event: { reference, word: "PAID", number: "SECOND" } }
}

const another = async (store: FakeStore, reference: string) =>
  await store.journal.findOrder(`${reference}+SECOND`)

describe("a message that names another payment of an order that was paid", () => {
  it("has that payment asked about, and its money written down beside the order", async () => {
    const { store, reference, event } = await paidTwice()
    await store.webhook(event)
    const found = await another(store, reference)
    expect(found).toMatchObject({
      state: "paid",
      gateway_id: "SECOND",
      amount: "100.00",
      currency_code: "php",
      session_released_at: expect.anything(),
    })
    expect(found && isAnotherPayment(found)).toBe(true)
    expect(await store.journal.moneyOfOrder(`${reference}+SECOND`)).toMatchObject([
      { gateway_id: "SECOND", amount: "100.00" },
    ])
    expect(await store.journal.moneyOfOrder(reference)).toHaveLength(1)
  })

  it("leaves the order, its session and what Medusa does about it as they were", async () => {
    const { store, payment, reference, event } = await paidTwice()
    expect(await store.webhook(event)).toMatchObject({ action: "captured" })
    expect(await store.journal.findOrder(reference)).toMatchObject({ state: "paid" })
    expect(await store.journal.ordersOfSession(payment.payment_session_id)).toHaveLength(1)
  })

  it("that comes twice finds one payment, and asks once", async () => {
    const { store, event } = await paidTwice()
    await store.webhook(event)
    await store.webhook(event)
    expect(store.gateway.callsOf("queryPayment")).toHaveLength(1)
  })

  it.each([
    ["made up", "NOBODYS", undefined],
    ["another order's", "THIRD", "01J9ZC7T4M8W2X3Y5V6B7N8PQR0"],
  ])("whose number is %s finds nothing", async (_what, number, of) => {
    const { store, reference, event } = await paidTwice()
    if (of) {
      store.gateway.others.set(number, {
        reference: of,
        gatewayId: number,
        amount: decimal("100"),
        currency: "php",
      })
    }
    await store.webhook({ ...event, number })
    expect(await store.journal.findOrder(`${reference}+${number}`)).toBeUndefined()
  })

  it("is worked on again where the gateway could not be asked", async () => {
    const { store, reference, event } = await paidTwice()
    store.gateway.failNext("queryPayment", { outcome: "unknown" })
    await expect(store.webhook(event)).rejects.toThrow()
    await store.webhook(event)
    expect(await another(store, reference)).toBeDefined()
  })

  it("that nobody proved has it asked about too, but no more numbers than an order keeps", async () => {
    const { store, reference, event } = await paidTwice()
    await store.webhook({ ...event, unproven: true })
    expect(await another(store, reference)).toBeDefined()
    for (let count = 0; count < 30; count += 1) {
      await store.webhook({ ...event, number: `LIE${count}`, unproven: true })
    }
    expect(store.gateway.callsOf("queryPayment").length).toBeLessThanOrEqual(10)
  })

  it("has its money given back by itself, so that the order's own can still be refunded", async () => {
    const { store, payment, reference, event } = await paidTwice()
    await store.webhook(event)
    const found = await another(store, reference)
    if (!found) {
      throw new Error("It was not found")
    }
    store.gateway.order(reference).payments.push({
      gatewayId: "SECOND",
      amount: decimal("100"),
      currency: "php",
    })
    await refundException(store.provider.contextOfTests, found, {
      id: "gwexc_1",
      provider_id: found.provider_id,
      reference: found.reference,
      gateway_id: "SECOND",
      kind: "paid_twice",
      amount: "100.00",
      currency_code: "php",
      received_amount: "100.00",
      expected_amount: "100.00",
      expected_currency_code: "php",
      cart_id: null,
      customer_id: null,
      session_id: found.session_id,
      order_id: null,
      payment_id: null,
      state: "open",
      note: null,
      taken_by: null,
      taken_until: null,
      settled_by: null,
      settled_at: null,
      told_at: null,
      created_at: new Date(0),
      updated_at: new Date(0),
    })
    await store.refund(payment)
    const refunds = await Promise.all(
      [found.reference, reference].map((of) => store.journal.operationsOfOrder(of, "refund"))
    )
    expect(refunds.map((each) => each.map(({ state }) => state))).toEqual([["done"], ["done"]])
    expect(new Set(refunds.flat().map((each) => each.reference)).size).toBe(2)
  })
})
