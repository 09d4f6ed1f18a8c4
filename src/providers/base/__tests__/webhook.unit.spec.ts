import { genuine } from "./made-up-gateway"
import { MadeUpStore, referenceOf } from "./made-up-store"

const ignored = { action: "not_supported" }

async function paidSession(settings: ConstructorParameters<typeof MadeUpStore>[0] = {}) {
  const store = new MadeUpStore(settings)
  const session = await store.createSession({ amount: "111.9888" })
  const reference = referenceOf(session)
  store.gateway.pay(reference)
  return { store, session, reference, event: { reference, word: "PAID" } }
}

describe("a webhook", () => {
  it.each([
    ["at_once", "captured"],
    ["later", "authorized"],
    ["partial", "authorized"],
  ] as const)(
    "names the session and Medusa's own amount (captures %s)",
    async (captures, action) => {
      const { store, session, event } = await paidSession({ captures })
      expect(await store.webhook(event)).toMatchObject({
        action,
        data: { session_id: session.id, amount: "111.9888" },
      })
    }
  )

  it("believes what the gateway answers and not what the webhook says", async () => {
    const store = new MadeUpStore()
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
    expect(await store.webhook(event, genuine, "pp_madeup_other")).toMatchObject(ignored)
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
    const store = new MadeUpStore()
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
    const store = new MadeUpStore()
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
      const store = new MadeUpStore({ captures: "partial", tellsMoney: false })
      const payment = await store.authorized({ amount: "111.9888" })
      await store.capture(payment, amount)
      const reference = referenceOf(payment)
      store.gateway.order(reference).word = "PAID"
      const { action } = await store.webhook({ reference, word: "PAID" })
      expect(action).not.toBe("captured")
    }
  )

  it("does not take a partial capture whose answer was lost for a wrong payment", async () => {
    const store = new MadeUpStore({ captures: "partial" })
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
