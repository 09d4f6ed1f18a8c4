import type { PaymentSessionStatus } from "@medusajs/framework/types"
import type { StatusRow } from "../gateway-data"
import { referenceOf } from "../support/store"
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

export function status({ gateway, name, openStore }: Suite): void {
  const { statuses, wire } = gateway

  describe(`${name}: status`, () => {
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
      expect(status).toBe(expectedStatus(row))
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

    if (wire.tellsFailure) {
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
    } else {
      it("failed is pending, because the gateway has no word for it, and can be chosen again", async () => {
        const store = await openStore()
        const session = await store.checkout()
        store.sandbox.fail(referenceOf(session))
        const { status, payment } = await store.medusa.authorize(session)
        expect(status).toBe("pending")
        expect(payment).toBeUndefined()
        expect((await store.checkout()).status).toBe("pending")
      })
    }

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

    const { expires } = wire
    if (expires) {
      it(`expired is ${expires}, and can be chosen again`, async () => {
        const store = await openStore()
        const session = await store.checkout()
        store.sandbox.expire(referenceOf(session))
        const { status, payment, data } = await store.medusa.authorize(session)
        expect(status).toBe(expires)
        expect(payment).toBeUndefined()
        expect(data.status).toBe(expires === "canceled" ? "expired" : "failed")
        expect((await store.checkout()).status).toBe("pending")
      })
    }
  })
}

/** In Medusa's words. */
function expectedStatus({ session }: StatusRow): PaymentSessionStatus {
  switch (session) {
    case "paid":
      return "captured"
    case "reserved":
      return "authorized"
    default:
      return session
  }
}
