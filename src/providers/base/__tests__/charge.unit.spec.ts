import { MemoryJournal } from "../../../testing/memory-journal"
import { FakeStore, referenceOf, type Session } from "../../../testing/fake-store"

describe("charge payment", () => {
  async function sessionToCharge(authCode = "284000111") {
    const store = new FakeStore({ charges: true })
    const session = await store.createSession({ data: { auth_code: authCode } })
    return { store, session, reference: referenceOf(session) }
  }

  const charges = (store: FakeStore) => store.gateway.callsOf("charge")
  const charged = async (store: FakeStore, reference: string) =>
    (await store.journal.operationsOfOrder(reference, "charge")).map(({ state }) => state)

  describe("a merchant-initiated charge", () => {
    it("is not sent when the method is chosen", async () => {
      const { store, session } = await sessionToCharge()
      expect(charges(store)).toEqual([])
      expect(session.data.next_action).toEqual({ type: "none" })
      expect(await store.provider.getPaymentStatus({ data: session.data })).toMatchObject({
        status: "pending",
      })
      expect(charges(store)).toEqual([])
    })

    it("is sent once when the payment is authorized, and proven by asking", async () => {
      const { store, session, reference } = await sessionToCharge()
      expect(await store.authorize(session)).toBeDefined()
      expect(charges(store)).toEqual([{ operation: "charge", reference, amount: "284000111" }])
      expect(await charged(store, reference)).toEqual(["done"])
      expect(await store.journal.moneyOfOrder(reference)).toHaveLength(1)
    })

    it("forgets what it charged with before it is sent", async () => {
      const { store, session } = await sessionToCharge()
      const answer = store.gateway.hold("charge")
      const authorizing = store.authorize(session)
      await waitFor(() => charges(store).length > 0)
      expect(JSON.stringify(await store.order(session))).not.toContain("284000111")
      answer()
      await authorizing
    })

    it("is not sent by a server that stood still until it was said to have come to nothing", async () => {
      const { store, session, reference } = await sessionToCharge()
      const change = store.journal.changeOrder.bind(store.journal)
      jest.spyOn(store.journal, "changeOrder").mockImplementationOnce(async (...changed) => {
        const [charge] = await store.journal.operationsOfOrder(reference, "charge")
        await store.journal.settleOperation(String(charge?.reference), { state: "declined" })
        return await change(...changed)
      })
      await expect(store.authorize(session)).rejects.toThrow("was stopped before its end")
      expect(charges(store)).toEqual([])
    })

    it("is noted by words that a database keeps and a log shows in one line, whatever the gateway wrote", async () => {
      const { store, session, reference } = await sessionToCharge()
      store.gateway.chargeAnswer = { outcome: "declined", code: "0\n5", message: "no\0 money" }
      await store.authorize(session)
      const [charge] = await store.journal.operationsOfOrder(reference, "charge")
      expect(charge).toMatchObject({ gateway_code: "0 5", gateway_message: "no money" })
      expect(JSON.stringify(store.log)).toContain("was declined (0 5: no money)")
    })

    it("leaves nothing of its code in what the shopper can read", async () => {
      const { session } = await sessionToCharge()
      expect(session.data.auth_code).toBeNull()
      expect(JSON.stringify(session.data)).not.toContain("284000111")
    })

    it("is sent once however many authorize at once", async () => {
      const { store, session } = await sessionToCharge()
      await Promise.all([1, 2, 3, 4].map(async () => await store.authorize(session)))
      expect(charges(store)).toHaveLength(1)
      expect(await store.authorize(session)).toBeDefined()
    })

    it("that was made although its answer was lost is found by asking", async () => {
      const { store, session, reference } = await sessionToCharge()
      store.gateway.failNext("charge", { outcome: "unknown", acts: true })
      expect(await store.authorize(session)).toBeDefined()
      expect(charges(store)).toHaveLength(1)
      expect(await charged(store, reference)).toEqual(["done"])
    })

    it("whose outcome is not known is pending, and never sent again", async () => {
      const { store, session, reference } = await sessionToCharge()
      store.gateway.failNext("charge", { outcome: "unknown" })
      expect(await store.authorize(session)).toBeUndefined()
      expect(session.status).toBe("pending")
      store.waitOutLeases()
      expect(await store.authorize(session)).toBeUndefined()
      expect(charges(store)).toHaveLength(1)
      expect(await charged(store, reference)).toEqual(["unknown"])
      store.gateway.pay(reference)
      expect(await store.authorize(session)).toBeDefined()
      expect(await charged(store, reference)).toEqual(["done"])
    })

    it("is asked about again while it is not known, for as long as the gateway says", async () => {
      const { store, session } = await sessionToCharge()
      store.gateway.failNext("charge", { outcome: "unknown" })
      await store.authorize(session)
      expect(store.gateway.callsOf("queryOrder")).toHaveLength(4)
    })

    it.each(["declined", "not_sent"] as const)(
      "that ends as %s is an error at once",
      async (outcome) => {
        const { store, session, reference } = await sessionToCharge()
        store.gateway.failNext("charge", { outcome, code: "E1", gatewayMessage: "not enough" })
        expect(await store.authorize(session)).toBeUndefined()
        expect([session.status, session.data.status]).toEqual(["error", "failed"])
        expect(await charged(store, reference)).toEqual(["declined"])
        expect(store.said("info")).toMatch(/E1: not enough/)
      }
    )

    it("that was declined is not tried again by authorizing again", async () => {
      const { store, session } = await sessionToCharge()
      store.gateway.failNext("charge", { outcome: "declined" })
      await store.authorize(session)
      await store.authorize(session)
      expect(session.status).toBe("error")
      expect(charges(store)).toHaveLength(1)
    })

    it("that the shopper has to confirm first tells the page to do it on", async () => {
      const { store, session, reference } = await sessionToCharge()
      const page = { type: "redirect" as const, url: "https://bank.example/3ds" }
      store.gateway.chargeAnswer = { outcome: "unknown", nextAction: page }
      expect(await store.authorize(session)).toBeUndefined()
      expect(session.data.next_action).toEqual(page)
      expect(store.gateway.callsOf("queryOrder")).toHaveLength(1)
      store.gateway.pay(reference)
      expect(await store.authorize(session)).toBeDefined()
    })

    it("breaks off as unknown where the fault is our own", async () => {
      const { store, session, reference } = await sessionToCharge()
      store.gateway.failNext("charge", { outcome: "bug" })
      expect(await store.authorize(session)).toBeUndefined()
      expect(await charged(store, reference)).toEqual(["unknown"])
    })

    it("is not sent for an order that a changed amount has replaced, while the older one is paid", async () => {
      const { store, session, reference } = await sessionToCharge()
      await store.updateSession(session, 120)
      await store.updateSession(session, 100)
      store.gateway.pay(reference)
      expect(await authorized(store, session)).toBe(true)
      expect(charges(store)).toHaveLength(0)
    })
  })

  async function authorized(store: FakeStore, session: Session): Promise<boolean> {
    return (await store.authorize(session)) !== undefined
  }

  async function waitFor(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
})

describe("second charge", () => {
  const savedCard = { data: { saved_method_id: "card_1" } }
  const charges = (store: FakeStore) => store.gateway.callsOf("charge")

  /** A cart whose first charge was sent, and no answer came; then the shopper chose the method again. */
  async function chosenAgain({ acts = false } = {}) {
    const store = new FakeStore(
      { charges: true },
      (now) => new MemoryJournal({ now, cartOf: () => "cart_1" })
    )
    const first = await store.createSession(savedCard)
    if (acts) {
      const noAnswer = { outcome: "unknown" } as const
      store.gateway.failNext("queryOrder", noAnswer, noAnswer, noAnswer, noAnswer)
    }
    store.gateway.failNext("charge", { outcome: "unknown", acts })
    await store.authorize(first)
    await store.deleteSession(first)
    const second = await store.createSession(savedCard)
    return { store, first: referenceOf(first), second }
  }

  describe("a second charge for one cart", () => {
    it("is refused while the outcome of the first is not known, and nothing is sent", async () => {
      const { store, first, second } = await chosenAgain()
      await expect(store.authorize(second)).rejects.toThrow(first)
      expect(charges(store)).toHaveLength(1)
    })

    it("is refused for good where the first turns out to have been made", async () => {
      const { store, first, second } = await chosenAgain({ acts: true })
      await expect(store.authorize(second)).rejects.toThrow(first)
      await expect(store.authorize(second)).rejects.toThrow(first)
      expect(charges(store)).toHaveLength(1)
      expect((await store.journal.findOrder(first))?.state).toBe("paid")
    })

    it("is sent once the gateway says that the first was not made", async () => {
      const { store, first, second } = await chosenAgain()
      store.gateway.order(first).word = "DECLINED"
      expect(await store.authorize(second)).toBeDefined()
      expect(charges(store)).toHaveLength(2)
    })

    it("is sent after one that was declined", async () => {
      const store = new FakeStore(
        { charges: true },
        (now) => new MemoryJournal({ now, cartOf: () => "cart_1" })
      )
      const first = await store.createSession(savedCard)
      store.gateway.failNext("charge", { outcome: "declined" })
      await store.authorize(first)
      await store.deleteSession(first)
      expect(await store.authorize(await store.createSession(savedCard))).toBeDefined()
    })

    it("does not come of a changed amount while the outcome of the first is not known", async () => {
      const store = new FakeStore({ charges: true })
      const session = await store.createSession(savedCard)
      store.gateway.failNext("charge", { outcome: "unknown" })
      await store.authorize(session)
      await expect(store.updateSession(session, 120)).rejects.toThrow(/not known yet/)
      await store.authorize(session)
      expect(charges(store)).toHaveLength(1)
    })
  })

  describe("a charge that is answered with a refusal", () => {
    it("is paid all the same where the gateway proved it in the meantime", async () => {
      const store = new FakeStore({ charges: true })
      const session = await store.createSession(savedCard)
      const reference = referenceOf(session)
      store.gateway.failNext("charge", { outcome: "declined" })
      const answer = store.gateway.hold("charge")
      const authorizing = store.authorize(session)
      while (charges(store).length === 0) {
        await new Promise((resolve) => setImmediate(resolve))
      }
      store.gateway.pay(reference)
      await store.webhook({ reference, word: "PAID" })
      answer()
      expect(await authorizing).toBeDefined()
      expect(session.status).toBe("captured")
    })
  })
})
