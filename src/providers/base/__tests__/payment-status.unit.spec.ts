import { inspect } from "node:util"
import { newOrder } from "../../../modules/payment-journal/__tests__/fixtures"
import { MemoryJournal } from "../../../testing/memory-journal"
import { knownOrder } from "../order-details"
import { wasJustAsked } from "../payment-status"
import { fakeOptions } from "../../../testing/fake-provider"
import { FakeStore, referenceOf } from "../../../testing/fake-store"

describe("authorizePayment", () => {
  it.each([
    ["automatic", "captured", "paid"],
    ["full", "authorized", "authorized"],
    ["multiple_partial", "authorized", "authorized"],
  ] as const)(
    "takes a payment of a gateway that captures %s as %s",
    async (capture, status, word) => {
      const store = new FakeStore({ capture })
      const session = await store.createSession()
      store.gateway.pay(referenceOf(session))
      const { status: answered } = await store.provider.authorizePayment({
        data: session.data,
        context: { idempotency_key: session.id },
      })
      expect(answered).toBe(status)
      expect(await store.order(session)).toMatchObject({ state: word })
    }
  )

  it.each([
    ["WAITING", "pending", "open"],
    ["DECLINED", "error", "failed"],
    ["LAPSED", "canceled", "expired"],
    ["WITHDRAWN", "canceled", "canceled"],
    ["REFUNDED", "canceled", "refunded"],
    ["NOBODY KNOWS THIS WORD", "pending", "open"],
  ])("answers the gateway's word %s with %s", async (word, status, dataStatus) => {
    const store = new FakeStore()
    const session = await store.createSession()
    store.gateway.order(referenceOf(session)).word = word
    expect(await store.authorize(session)).toBeUndefined()
    expect([session.status, session.data.status]).toEqual([status, dataStatus])
  })

  it.each(["not_sent", "declined", "unknown"] as const)(
    "stays pending, and throws nothing, where the question ends as %s",
    async (outcome) => {
      const store = new FakeStore()
      const session = await store.createSession()
      store.gateway.pay(referenceOf(session))
      store.gateway.failNext("queryOrder", { outcome })
      expect(await store.authorize(session)).toBeUndefined()
      expect(session.status).toBe("pending")
      expect(store.said("warn")).toContain(referenceOf(session))
      expect(await store.authorize(session)).toBeDefined()
    }
  )

  it("answers from the journal, without asking, once an order is paid", async () => {
    const store = new FakeStore()
    const { session } = await store.authorized()
    const asked = store.gateway.callsOf("queryOrder").length
    store.gateway.order(referenceOf(session)).word = "WAITING"
    expect(await store.authorize(session)).toBeDefined()
    expect(store.gateway.callsOf("queryOrder")).toHaveLength(asked)
  })

  it("believes the journal and not the shopper's data", async () => {
    const store = new FakeStore()
    const { session: paid } = await store.authorized()
    const session = await store.createSession()
    session.data = { ...session.data, reference: referenceOf(paid), status: "paid" }
    expect(await store.authorize(session)).toBeUndefined()
    expect(session.status).toBe("pending")
  })

  it("takes away the link once the payment is made", async () => {
    const store = new FakeStore()
    const payment = await store.authorized()
    expect(payment.data.next_action).toEqual({ type: "none", url: null })
  })

  it("takes a payment that failed before and was made after all: money decides", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    store.gateway.order(referenceOf(session)).word = "DECLINED"
    await store.authorize(session)
    store.gateway.pay(referenceOf(session))
    expect(await store.authorize(session)).toBeDefined()
  })

  it("believes the order's amount where the gateway tells none", async () => {
    const store = new FakeStore({ tellsMoney: false })
    const payment = await store.authorized({ amount: "111.9888" })
    expect(await store.journal.moneyOfOrder(referenceOf(payment))).toMatchObject([
      { amount: "111.99", currency_code: "php" },
    ])
  })

  describe.each(["automatic", "full"] as const)(
    "where money is not what was ordered (%s)",
    (capture) => {
      it.each([
        ["a centavo less", { amount: "99.99" }],
        ["a centavo more", { amount: "100.01" }],
        ["another currency", { currency: "krw" }],
      ])("never authorizes %s and says so", async (_, paid) => {
        const store = new FakeStore({ capture })
        const session = await store.createSession()
        store.gateway.pay(referenceOf(session), paid)
        expect(await store.authorize(session)).toBeUndefined()
        expect([session.status, session.data.status]).toEqual(["error", "mismatch"])
        expect(session.data.next_action).toMatchObject({ type: "none" })
        expect(store.said("error")).toContain(referenceOf(session))
        expect(await store.order(session)).toMatchObject({ state: "open" })
      })
    }
  )

  it("never counts one payment of the gateway for two orders", async () => {
    const store = new FakeStore()
    const first = await store.createSession()
    const second = await store.createSession()
    for (const session of [first, second]) {
      store.gateway.pay(referenceOf(session), { gatewayId: "MUP-SAME" })
    }
    expect(await store.authorize(first)).toBeDefined()
    expect(await store.authorize(second)).toBeUndefined()
    expect([second.status, second.data.status]).toEqual(["error", "mismatch"])
    expect(store.said("error")).toMatch(/MUP-SAME/)
    expect(store.said("error")).toContain(referenceOf(first))
  })

  describe("where a gateway takes payments in parts", () => {
    it("waits for the rest, then takes the order as paid", async () => {
      const store = new FakeStore({ receivesInParts: true })
      const session = await store.createSession()
      store.gateway.pay(referenceOf(session), { amount: "60" })
      expect(await store.authorize(session)).toBeUndefined()
      expect(session.status).toBe("pending")
      store.gateway.pay(referenceOf(session), { amount: "40" })
      expect(await store.authorize(session)).toBeDefined()
      const money = await store.journal.moneyOfOrder(referenceOf(session))
      expect(money.map(({ amount }) => amount)).toEqual(["60.00", "40.00"])
    })

    it("takes more than was ordered as paid", async () => {
      const store = new FakeStore({ receivesInParts: true })
      const session = await store.createSession()
      store.gateway.pay(referenceOf(session), { amount: "60" })
      store.gateway.pay(referenceOf(session), { amount: "60" })
      expect(await store.authorize(session)).toBeDefined()
    })

    it("does not take a part in another currency", async () => {
      const store = new FakeStore({ receivesInParts: true })
      const session = await store.createSession()
      store.gateway.pay(referenceOf(session), { amount: "60" })
      store.gateway.pay(referenceOf(session), { amount: "40", currency: "kwd" })
      expect(await store.authorize(session)).toBeUndefined()
      expect(session.data.status).toBe("mismatch")
    })
  })

  it("takes the old attempt's payment where the new amount's order was refused", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    store.gateway.failNext("createOrder", { outcome: "declined" })
    await expect(store.updateSession(session, 120)).rejects.toMatchObject({ type: "not_allowed" })
    store.gateway.pay(referenceOf(session)) // Medusa still wants 100 and shows this order's link
    expect(await store.authorize(session)).toBeDefined()
  })

  it("takes whichever attempt was paid when the amount changed and changed back", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    const first = referenceOf(session)
    await store.updateSession(session, 120)
    await store.updateSession(session, 100)
    store.gateway.pay(first)
    expect(await store.authorize(session)).toBeDefined()
  })

  it("refuses a session of another provider", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    const input = { data: session.data, context: { idempotency_key: session.id } }
    await expect(store.other.authorizePayment(input)).rejects.toMatchObject({ type: "not_allowed" })
  })

  it("says that no order was opened where none was", async () => {
    const store = new FakeStore()
    await expect(store.authorize(store.addSession())).rejects.toMatchObject({
      type: "not_allowed",
      message: expect.stringMatching(/Choose the payment method again/),
    })
  })
})

describe("getPaymentStatus and retrievePayment", () => {
  it("find the order by its reference", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    store.gateway.pay(referenceOf(session))
    const { data } = session
    expect(await store.provider.getPaymentStatus({ data })).toMatchObject({ status: "captured" })
    expect(await store.provider.retrievePayment({ data })).toMatchObject({
      data: { status: "paid" },
    })
  })

  it.each([undefined, {}, { reference: 7 }, { reference: "nobody's" }])(
    "refuse %j",
    async (data) => {
      const store = new FakeStore()
      await expect(store.provider.getPaymentStatus({ data })).rejects.toMatchObject({
        type: "not_allowed",
      })
      await expect(store.provider.retrievePayment({ data })).rejects.toMatchObject({
        type: "not_allowed",
      })
    }
  )
})

describe("a provider that is printed", () => {
  it("shows none of the shop's secrets", () => {
    const { provider } = new FakeStore()
    expect(inspect(provider, { depth: 20, showHidden: true })).not.toContain(fakeOptions.apiKey)
    expect(JSON.stringify({ ...provider })).not.toContain(fakeOptions.apiKey)
  })
})

async function openSession(amount = 100) {
  const store = new FakeStore({ receivesInParts: true, refund: "none" })
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
    expect(store.gateway.candidateIdsAsked.at(-1)).toEqual(["PATCH1"])
    store.gateway.pay(reference, { amount: "60.00", gatewayId: "PATCH1" })
    await store.authorize(session)
    await store.authorize(session)
    expect(store.gateway.candidateIdsAsked.at(-1)).toEqual([])
  })

  it("shows a fee that the shopper paid on top", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    store.gateway.pay(referenceOf(session))
    Object.assign(store.gateway.extra, { surplus: "2" })
    expect(await store.authorize(session)).toBeDefined()
    expect(session.data.surplus).toBe("2")
  })
})

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
    const store = new FakeStore()
    Object.assign(store.gateway.extra, { expiresAt })
    store.gateway.failNext("createOrder", { outcome: "unknown", acts: true })
    const session = await store.createSession()
    expect((await store.order(session)).expires_at).toEqual(expiresAt)
  })
})

describe("wasJustAsked", () => {
  const now = new Date("2030-01-31T12:00:00Z")
  const askedBefore = (ms: number) => ({ asked_at: new Date(now.getTime() - ms) })

  it("holds for two seconds", () => {
    expect(wasJustAsked({ asked_at: null }, now)).toBe(false)
    expect(wasJustAsked(askedBefore(1_999), now)).toBe(true)
    expect(wasJustAsked(askedBefore(2_000), now)).toBe(false)
  })

  it("keeps nobody waiting on a server whose clock is behind the database's, which the time is of", () => {
    expect(wasJustAsked(askedBefore(-5 * 60_000), now)).toBe(false)
  })
})
