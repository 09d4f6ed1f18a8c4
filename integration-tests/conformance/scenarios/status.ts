import type { PaymentSessionStatus } from "@medusajs/framework/types"
import type { StatusRow } from "../gateway-data"
import { referenceOf, type Store } from "../support/store"
import type { Suite } from "../support/suite"

/** Some resemble documented ones, some are names that every JavaScript object has. */
const undocumented = [
  "paid?",
  "SUCCESS_PENDING",
  "not success",
  "in_review",
  "constructor",
  "__proto__",
]

export function status({ gateway, openStore }: Suite): void {
  const { statuses, wire } = gateway

  describe(`${gateway.identifier}: status`, () => {
    it("not yet paid is pending, never authorized", async () => {
      const store = await openStore()
      const session = await store.checkout()
      const { status, payment, data } = await store.medusa.authorize(session)
      expect(status).toBe("pending")
      expect(payment).toBeUndefined()
      expect(data.status).toBe("open")
    })

    it.each(statuses)("the documented word $word leaves the session $session", async (row) => {
      const store = await openStore()
      const session = await store.checkout()
      store.sandbox.say(referenceOf(session), row.word)
      const { status } = await store.medusa.authorize(session)
      expect(status).toBe(expectedStatus(store, row))
    })

    it.each(undocumented)("the undocumented word %j is pending", async (word) => {
      const store = await openStore()
      const session = await store.checkout()
      store.sandbox.say(referenceOf(session), word)
      const { status } = await store.medusa.authorize(session)
      expect(status).toBe("pending")
    })

    it("is the same for whoever asks for it", async () => {
      const store = await openStore()
      const session = await store.checkout()
      store.sandbox.pay(referenceOf(session))
      const { provider } = store.medusa
      const asked = await provider.getPaymentStatus({ data: session.data })
      const retrieved = await provider.retrievePayment({ data: session.data })
      expect(asked.status).toBe(store.paidStatus)
      expect(retrieved.data).toEqual(asked.data)
    })

    it("failed is an error that lets the shopper choose again", async () => {
      const store = await openStore()
      const session = await store.checkout()
      store.sandbox.fail(referenceOf(session))
      const { status, payment, data } = await store.medusa.authorize(session)
      expect(status).toBe("error")
      expect(payment).toBeUndefined()
      expect(data.status).toBe("failed")
      expect((await store.checkout()).status).toBe("pending")
    })

    if (wire.paidAfterFailed) {
      it("paid after failed is paid", async () => {
        const store = await openStore()
        const session = await store.checkout()
        store.sandbox.fail(referenceOf(session))
        await store.medusa.authorize(session)
        store.sandbox.pay(referenceOf(session))
        const { status, payment } = await store.medusa.authorize(session)
        expect(status).toBe(store.paidStatus)
        expect(payment).toBeDefined()
        const order = await store.journal.findOrder(referenceOf(session))
        expect(order?.state).toBe(store.paidState)
      })
    }

    if (wire.expires) {
      it("expired is canceled", async () => {
        const store = await openStore()
        const session = await store.checkout()
        store.sandbox.expire(referenceOf(session))
        const { status, data } = await store.medusa.authorize(session)
        expect(status).toBe("canceled")
        expect(data.status).toBe("expired")
      })
    }
  })
}

/** In Medusa's words. */
function expectedStatus(store: Store, { session }: StatusRow): PaymentSessionStatus {
  return session === "paid" ? store.paidStatus : session
}
