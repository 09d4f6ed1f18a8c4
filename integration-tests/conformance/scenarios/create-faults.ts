import { setTimeout as pause } from "node:timers/promises"
import { lostAnswers } from "../support/fault-table"
import { readNextAction } from "../support/next-action"
import { refusalOf } from "../support/refusal"
import { impatientMs, referenceOf, tooLongMs, type Store } from "../support/store"
import type { Session } from "../support/payment-rows"
import type { Suite } from "../support/suite"

/** An order whose opening was never answered: nothing is lost, and nothing is opened twice. */
export function createFaults({ gateway, openStore }: Suite): void {
  const { misleading, wire } = gateway
  const recovered = lostAnswers.filter(
    ({ acts }) => wire.findsOrdersByReference && acts === "before the answer"
  )
  const notRecovered = lostAnswers.filter((row) => !recovered.includes(row))

  describe(`${gateway.identifier}: create with`, () => {
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
        expect.objectContaining({ released_at: expect.anything() }),
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

/** The session that Medusa made and, because opening its order was refused, deleted. */
async function refusedCheckout(store: Store): Promise<Session> {
  expect(await refusalOf(store.checkout())).toMatch(/nothing was charged/i)
  const session = store.rows.deletedSessions.at(-1)
  if (!session) {
    throw new Error("Medusa deletes the session of an initiatePayment that throws")
  }
  return session
}
