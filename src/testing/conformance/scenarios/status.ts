import type { PaymentSessionStatus } from "@medusajs/framework/types"
import type { StatusRow } from "../gateway-data"
import { impatientMs, referenceOf } from "../support/store"
import { lostAnswers, type Suite } from "../support/suite"

/** Some resemble documented ones, some are names that every JavaScript object has. */
const undocumented = [
  "paid?",
  "SUCCESS_PENDING",
  "not success",
  "in_review",
  "constructor",
  "__proto__",
]

export function status({ gateway, name, openWithSession }: Suite): void {
  const { statuses, wire } = gateway

  describe(`${name}: status`, () => {
    it("not yet paid is pending, never authorized", async () => {
      const { store, session } = await openWithSession()
      const { status, payment, data } = await store.medusa.authorize(session)
      expect(status).toBe("pending")
      expect(payment).toBeUndefined()
      expect(data.status).toBe("open")
    })

    it.each(statuses)("the documented word $word leaves the session $session", async (row) => {
      const { store, session } = await openWithSession()
      store.sandbox.say(referenceOf(session), row.word)
      const { status } = await store.medusa.authorize(session)
      expect(status).toBe(expectedStatus(row))
    })

    const words = statuses.map(({ word }) => word)
    it.each(undocumented.filter((word) => !words.includes(word)))(
      "the undocumented word %j is pending",
      async (word) => {
        const { store, session } = await openWithSession()
        store.sandbox.say(referenceOf(session), word)
        const { status } = await store.medusa.authorize(session)
        expect(status).toBe("pending")
      }
    )

    it("is the same for whoever asks for it", async () => {
      const { store, session } = await openWithSession()
      store.sandbox.pay(referenceOf(session))
      const { provider } = store.medusa
      const asked = await provider.getPaymentStatus({ data: session.data })
      const retrieved = await provider.retrievePayment({ data: session.data })
      expect(asked.status).toBe(store.paidStatus)
      expect(retrieved.data).toEqual(asked.data)
    })

    if (wire.tellsFailure) {
      it("failed is an error that lets the shopper choose again", async () => {
        const { store, session } = await openWithSession()
        store.sandbox.fail(referenceOf(session))
        const { status, payment, data } = await store.medusa.authorize(session)
        expect(status).toBe("error")
        expect(payment).toBeUndefined()
        expect(data.status).toBe("failed")
        expect((await store.checkout()).status).toBe("pending")
      })
    } else {
      it("failed is pending, because the gateway has no word for it, and can be chosen again", async () => {
        const { store, session } = await openWithSession()
        store.sandbox.fail(referenceOf(session))
        const { status, payment } = await store.medusa.authorize(session)
        expect(status).toBe("pending")
        expect(payment).toBeUndefined()
        expect((await store.checkout()).status).toBe("pending")
      })
    }

    if (wire.paidAfterFailed) {
      it("paid after failed is paid", async () => {
        const { store, session } = await openWithSession()
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
        const { store, session } = await openWithSession()
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

/** A gateway that does not say what became of an order: pending, whatever was answered, and never an error. */
export function queryFaults({ gateway, name, openWithSession }: Suite): void {
  const { misleading } = gateway
  // Asking changes nothing: whether the gateway "acted" makes no difference to it.
  const rows = lostAnswers.filter(({ acts }) => acts !== "later")

  describe(`${name}: query with`, () => {
    it.each(rows)("$what is pending, and paid when asked again", async ({ fault }) => {
      const { store, session } = await openWithSession("100", { timeoutMs: impatientMs })
      store.sandbox.pay(referenceOf(session))
      store.sandbox.fault("query", { ...fault, times: "forever" })
      const { status, payment } = await store.medusa.authorize(session)
      expect(status).toBe("pending")
      expect(payment).toBeUndefined()
      store.sandbox.clearFaults()
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
    })

    it("an answer of 50 MB is given up, not read to its end", async () => {
      const { store, session } = await openWithSession()
      store.sandbox.fault("query", { kind: "huge-body" })
      expect((await store.medusa.authorize(session)).status).toBe("pending")
      expect(store.warnings.join("\n")).toMatch(/too_large/)
    })

    it("a fault that passes is asked again by itself", async () => {
      const { store, session } = await openWithSession()
      store.sandbox.pay(referenceOf(session))
      store.sandbox.fault("query", { kind: "reset-before-acting" })
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
    })

    it("a 401 for ever is pending, and paid when asked again", async () => {
      const { store, session } = await openWithSession()
      store.sandbox.pay(referenceOf(session))
      store.sandbox.fault("query", { kind: "unauthorized", times: "forever" })
      expect((await store.medusa.authorize(session)).status).toBe("pending")
      store.sandbox.clearFaults()
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
    })

    it("a redirect to another host is pending, and that host gets nothing", async () => {
      const { store, session } = await openWithSession()
      const elsewhere = await store.anotherHost()
      store.sandbox.fault("query", { kind: "redirect", location: elsewhere.url, times: "forever" })
      expect((await store.medusa.authorize(session)).status).toBe("pending")
      expect(elsewhere.received).toEqual([])
    })

    if (misleading.query) {
      it.each(misleading.query.map((answer) => [answer]))(
        "an answer of %j proves no payment",
        async (answer) => {
          const { store, session } = await openWithSession()
          store.sandbox.fault("query", { kind: "wrong-shape", answer, times: "forever" })
          const { status, payment } = await store.medusa.authorize(session)
          expect(status).toBe("pending")
          expect(payment).toBeUndefined()
        }
      )
    }
  })
}
