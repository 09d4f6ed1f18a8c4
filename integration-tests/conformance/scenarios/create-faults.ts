import { setTimeout as pause } from "node:timers/promises"
import { lostAnswers } from "../support/fault-table"
import { readNextAction } from "../support/next-action"
import { refusalOf } from "../support/refusal"
import { impatientMs, referenceOf, tooLongMs, type Store } from "../support/store"
import type { Session } from "../support/payment-rows"
import type { Suite } from "../support/suite"

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
