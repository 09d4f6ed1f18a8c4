import { lostAnswers } from "../support/fault-table"
import { impatientMs, referenceOf } from "../support/store"
import type { Suite } from "../support/suite"

/** A gateway that does not say what became of an order: pending, whatever was answered, and never an error. */
export function queryFaults({ gateway, name, openStore }: Suite): void {
  const { misleading } = gateway
  // Asking changes nothing: whether the gateway "acted" makes no difference to it.
  const rows = lostAnswers.filter(({ acts }) => acts !== "later")

  describe(`${name}: query with`, () => {
    it.each(rows)("$what is pending, and paid when asked again", async ({ fault }) => {
      const store = await openStore({ timeoutMs: impatientMs })
      const session = await store.checkout()
      store.sandbox.pay(referenceOf(session))
      store.sandbox.fault("query", { ...fault, times: "forever" })
      const { status, payment } = await store.medusa.authorize(session)
      expect(status).toBe("pending")
      expect(payment).toBeUndefined()
      store.sandbox.clearFaults()
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
    })

    it("an answer of 50 MB is given up, not read to its end", async () => {
      const store = await openStore()
      const session = await store.checkout()
      store.sandbox.fault("query", { kind: "huge-body" })
      expect((await store.medusa.authorize(session)).status).toBe("pending")
      expect(store.warnings.join("\n")).toMatch(/too_large/)
    })

    it("a fault that passes is asked again by itself", async () => {
      const store = await openStore()
      const session = await store.checkout()
      store.sandbox.pay(referenceOf(session))
      store.sandbox.fault("query", { kind: "reset-before-acting" })
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
    })

    it("a 401 for ever is pending, and paid when asked again", async () => {
      const store = await openStore()
      const session = await store.checkout()
      store.sandbox.pay(referenceOf(session))
      store.sandbox.fault("query", { kind: "unauthorized", times: "forever" })
      expect((await store.medusa.authorize(session)).status).toBe("pending")
      store.sandbox.clearFaults()
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
    })

    it("a redirect to another host is pending, and that host gets nothing", async () => {
      const store = await openStore()
      const session = await store.checkout()
      const elsewhere = await store.anotherHost()
      store.sandbox.fault("query", { kind: "redirect", location: elsewhere.url, times: "forever" })
      expect((await store.medusa.authorize(session)).status).toBe("pending")
      expect(elsewhere.received).toEqual([])
    })

    if (misleading.query) {
      it.each(misleading.query.map((answer) => [answer]))(
        "an answer of %j proves no payment",
        async (answer) => {
          const store = await openStore()
          const session = await store.checkout()
          store.sandbox.fault("query", { kind: "wrong-shape", answer, times: "forever" })
          const { status, payment } = await store.medusa.authorize(session)
          expect(status).toBe("pending")
          expect(payment).toBeUndefined()
        }
      )
    }
  })
}
