import { setTimeout as pause } from "node:timers/promises"
import type { Session } from "../support/payment-rows"
import { readNextAction } from "../support/shopper"
import { impatientMs, referenceOf, type Store, tooLongMs } from "../support/store"
import { lostAnswers, refusalOf, type Suite } from "../support/suite"

export function initiate({ gateway, name, openStore, openWithSession }: Suite): void {
  describe(`${name}: initiate`, () => {
    it("gives the uniform session.data and a next action, and charges nothing", async () => {
      const { store, session } = await openWithSession("100")
      const { gateway_id, expires_at, payer } = session.data
      expect(session.status).toBe("pending")
      expect(session.data).toEqual({
        ...(Object.keys(gateway.capabilities.payer).length > 0 ? { payer } : {}),
        session_id: session.id,
        reference: expect.stringMatching(/^[0-9A-Z]{27}$/),
        gateway_id: gateway_id === null ? null : expect.any(String),
        amount: store.money("100").amount,
        currency_code: store.currency,
        status: "open",
        next_action: expect.any(Object),
        expires_at: expires_at === null ? null : expect.any(String),
      })
      expect(session.id).toBe(`payses_${referenceOf(session).slice(0, -1)}`)
      expect(gateway.nextActions).toContain(readNextAction(session.data).type)
      expect(store.sandbox.orders()).toEqual([referenceOf(session)])
      expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([])
    })

    it("repeated with the same session id makes no second order", async () => {
      const { store, session } = await openWithSession()
      const before = structuredClone(session.data)
      await store.medusa.initiate(session)
      expect(session.data).toEqual(before)
      expect(store.sandbox.orders()).toHaveLength(1)
      expect(store.sandbox.calls("create")).toBe(1)
    })

    it("for another session makes another order, whatever the old session's data says", async () => {
      const store = await openStore()
      const old = await store.checkout("100")
      const session = await store.checkout("70", { data: { ...old.data, ...store.payer } })
      expect(session.data).toMatchObject({
        session_id: session.id,
        amount: store.money("70").amount,
      })
      expect(store.sandbox.orders()).toEqual([referenceOf(old), referenceOf(session)])
    })

    it("takes nothing of what a storefront writes into our keys", async () => {
      const store = await openStore()
      const session = await store.checkout("100", {
        data: {
          session_id: "payses_00000000000000000000000000",
          reference: "000000000000000000000000000",
          amount: "0.01",
          currency_code: "xxx",
          status: "paid",
          next_action: "https://elsewhere.test/",
          anything_else: "of the storefront's",
        },
      })
      expect(session.data).toMatchObject({
        session_id: session.id,
        amount: store.money("100").amount,
        currency_code: store.currency,
        status: "open",
        anything_else: null,
      })
      expect(JSON.stringify(session.data)).not.toContain("elsewhere")
      expect(store.sandbox.orders()).toEqual([referenceOf(session)])
      expect((await store.medusa.authorize(session)).status).toBe("pending")
    })

    it("takes nothing of what a storefront writes into the next action", async () => {
      const store = await openStore()
      const next_action = {
        type: "redirect",
        url: "https://elsewhere.test/",
        fields: { to: "elsewhere" },
        value: "elsewhere",
        code: "elsewhere",
        expires_at: "2099-01-01T00:00:00Z",
        anything: { else: "elsewhere" },
      }
      const session = await store.checkout("100", { data: { next_action } })
      expect(gateway.nextActions).toContain(readNextAction(session.data).type)
      expect(JSON.stringify(session.data)).not.toContain("elsewhere")
    })
  })
}

export function update({ name, openWithSession }: Suite): void {
  describe(`${name}: update`, () => {
    it("to the same amount makes no second order", async () => {
      const { store, session } = await openWithSession("100")
      const reference = referenceOf(session)
      await store.medusa.updateSession(session, "100")
      expect(referenceOf(session)).toBe(reference)
      expect(store.sandbox.orders()).toEqual([reference])
    })

    it("to another amount opens an order for it, and the old one stays known", async () => {
      const { store, session } = await openWithSession("100")
      const old = referenceOf(session)
      await store.medusa.updateSession(session, "70", store.payer)
      expect(referenceOf(session)).not.toBe(old)
      expect(session.data.amount).toBe(store.money("70").amount)
      expect(store.sandbox.orders()).toEqual([old, referenceOf(session)])
      expect(await store.journal.findOrder(old)).toMatchObject({
        session_released_at: expect.anything(),
      })
    })

    it("to another amount is refused once the old one was paid", async () => {
      const { store, session } = await openWithSession("100")
      store.sandbox.pay(referenceOf(session))
      expect(await refusalOf(store.medusa.updateSession(session, "70"))).toContain(
        referenceOf(session)
      )
      expect(store.sandbox.orders()).toHaveLength(1)
    })
  })
}

export function deletion({ name, openStore, openWithSession }: Suite): void {
  describe(`${name}: delete`, () => {
    it("keeps the order known, and what is paid for it later is found", async () => {
      const { store, session } = await openWithSession("100")
      const reference = referenceOf(session)
      await store.medusa.deleteSession(session)
      const order = await store.journal.findOrder(reference)
      expect(order).toMatchObject({ state: "open", session_released_at: expect.anything() })

      store.sandbox.pay(reference)
      await store.medusa.provider.getPaymentStatus({ data: { reference } })
      const found = await store.journal.findOrder(reference)
      expect(found?.state).toBe(store.paidState)
      expect(found).toMatchObject(store.orderMoney("100"))
    })

    it.each([
      { what: "no data at all", data: undefined },
      { what: "data without a reference", data: {} },
      { what: "a reference of nobody's", data: { reference: "NOBODYS" } },
      { what: "a reference that is no text", data: { reference: { $ne: null } } },
    ])("of $what does not throw", async ({ data }) => {
      const store = await openStore()
      await expect(store.medusa.provider.deletePayment({ data })).resolves.toBeDefined()
    })

    it("does not throw while the gateway is away", async () => {
      const { store, session } = await openWithSession()
      await store.sandbox.close()
      await store.medusa.deleteSession(session)
      expect(await store.journal.findOrder(referenceOf(session))).toBeDefined()
    })

    it("does not throw while the journal is away", async () => {
      const { store, session } = await openWithSession()
      jest.spyOn(store.journal, "releaseSession").mockRejectedValue(new Error("no database"))
      await store.medusa.deleteSession(session)
      expect(await store.journal.findOrder(referenceOf(session))).toBeDefined()
    })
  })
}

/** An order whose opening was never answered: nothing is lost, and nothing is opened twice. */
export function createFaults({ gateway, name, openStore }: Suite): void {
  const { misleading, wire } = gateway
  if (wire.ordersOpenedBy === "browser") {
    return // the shop sends nothing whose answer could be lost
  }
  const recovered = lostAnswers.filter(
    ({ acts }) => wire.findsOrdersByReference && acts === "before the answer"
  )
  const notRecovered = lostAnswers.filter((row) => !recovered.includes(row))

  describe(`${name}: create with`, () => {
    if (recovered.length > 0) {
      it.each(recovered)("$what finds the order that was opened", async ({ fault }) => {
        const store = await openStore({ timeoutMs: impatientMs })
        store.sandbox.fault("create", fault)
        const session = await store.checkout()
        expect(session.status).toBe("pending")
        expect(readNextAction(session.data).type).not.toBe("none")
        expect(store.sandbox.orders()).toEqual([referenceOf(session)])
        store.sandbox.pay(referenceOf(session))
        expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
      })
    }

    it.each(notRecovered)("$what is refused, and the order stays known", async ({ fault }) => {
      const store = await openStore({ timeoutMs: impatientMs })
      store.sandbox.fault("create", fault)
      const session = await refusedCheckout(store)
      expect(await store.journal.ordersOfSession(session.id)).toEqual([
        expect.objectContaining({ session_released_at: expect.anything() }),
      ])
    })

    if (wire.findsOrdersByReference) {
      it.each(notRecovered)("$what, repeated, opens one order", async ({ fault, acts }) => {
        const store = await openStore({ timeoutMs: impatientMs })
        store.sandbox.fault("create", fault)
        const session = await refusedCheckout(store)
        if (acts === "later") {
          await pause(tooLongMs)
        }
        store.rows.sessions.set(session.id, session)
        await store.medusa.initiate(session)
        expect(store.sandbox.orders()).toEqual([referenceOf(session)])
        store.sandbox.pay(referenceOf(session))
        expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
      })
    }

    if (!wire.findsOrdersByReference) {
      it.each(lostAnswers)("$what, tried or chosen again, is paid once", async ({ fault }) => {
        const store = await openStore({ timeoutMs: impatientMs })
        store.sandbox.fault("create", fault)
        const session = await tryAgain(store, await refusedCheckout(store))
        store.sandbox.pay(referenceOf(session))
        expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
        const references = [...new Set(store.sandbox.orders())]
        const paid = references.flatMap((reference) => store.sandbox.moves("payment", reference))
        expect(paid).toEqual([store.money("100")])
      })
    }

    it("a redirect to another host is refused, and that host gets nothing", async () => {
      const store = await openStore()
      const elsewhere = await store.anotherHost()
      store.sandbox.fault("create", { kind: "redirect", location: elsewhere.url })
      await refusalOf(store.checkout())
      if (wire.accessToken) {
        store.sandbox.endTokens()
        store.sandbox.fault("token", {
          kind: "redirect",
          location: elsewhere.url,
          times: "forever",
        })
        await refusalOf(store.checkout())
      }
      expect(elsewhere.received).toEqual([])
    })

    it("a 401 for ever is refused, and nothing was opened", async () => {
      const store = await openStore()
      store.sandbox.fault("create", { kind: "unauthorized", times: "forever" })
      await refusedCheckout(store)
      expect(store.sandbox.orders()).toEqual([])
      store.sandbox.clearFaults()
      expect((await store.checkout()).status).toBe("pending")
    })

    it("a gateway that can't be reached is refused, and nothing was opened", async () => {
      const store = await openStore()
      await store.sandbox.close()
      const session = await refusedCheckout(store)
      expect(await store.journal.ordersOfSession(session.id)).toEqual([
        expect.objectContaining({ state: "refused" }),
      ])
    })

    if (misleading.create) {
      it.each(misleading.create.map((answer) => [answer]))(
        "an answer of %j hands no shopper a stranger's payment",
        async (answer) => {
          const store = await openStore()
          store.sandbox.fault("create", { kind: "wrong-shape", answer, acts: false })
          await refusalOf(store.checkout())
        }
      )
    }
  })
}

/** A gateway may refuse a number that it has heard before: the shopper then chooses again. */
async function tryAgain(store: Store, session: Session): Promise<Session> {
  store.rows.sessions.set(session.id, session)
  const [again] = await Promise.allSettled([store.medusa.initiate(session)])
  return again.status === "fulfilled" ? again.value : await store.checkout()
}

/** The session that Medusa made and, because opening its order was refused, deleted. */
async function refusedCheckout(store: Store): Promise<Session> {
  expect(await refusalOf(store.checkout())).toMatch(/nothing was charged/i)
  const session = store.rows.deletedSessions.at(-1)
  if (!session) {
    throw new Error("Medusa deletes the session of an initiatePayment that throws")
  }
  return session
}
