import { actsOn } from "../support/payment-module"
import { referenceOf } from "../support/store"
import type { Suite } from "../support/suite"

/** Webhooks that a gateway really sends. */
export function webhook({ gateway, name, openStore }: Suite): void {
  const { capabilities, wire } = gateway
  if (capabilities.webhooks === "none") {
    return
  }
  const paidAction = capabilities.capture === "automatic" ? "captured" : "authorized"

  describe(`${name}: webhook`, () => {
    it.each(wire.webhookEncodings)(
      "of a payment, as %s, completes its session",
      async (encoding) => {
        const store = await openStore()
        const session = await store.checkout("111.9888")
        store.sandbox.setWebhooks({ encoding })
        store.sandbox.pay(referenceOf(session))
        const result = await store.medusa.receive(await store.lastWebhook())
        expect(result.action).toBe(paidAction)
        expect(result.data?.session_id).toBe(session.id)
        expect(String(result.data?.amount)).toBe("111.9888")
        expect(store.medusa.paymentOf(session)).toBeDefined()
      }
    )

    it.each([
      undefined,
      "application/octet-stream",
      "text/html",
      "APPLICATION/JSON ; Charset=ISO-8859-1 ; version=2",
      "application/x-www-form-urlencoded;charset=windows-1252",
      "x",
    ])("is taken whatever its headers call it: %s", async (contentType) => {
      const store = await openStore()
      const session = await store.checkout()
      store.sandbox.pay(referenceOf(session))
      const received = await store.lastWebhook()
      const { "content-type": _, ...headers } = received.headers
      const result = await store.medusa.receive({
        ...received,
        headers: contentType === undefined ? headers : { ...headers, "content-type": contentType },
      })
      expect(result.action).toBe(paidAction)
    })

    it("is proven where the gateway signs, and a hint where it does not", async () => {
      const store = await openStore()
      const session = await store.checkout()
      store.sandbox.pay(referenceOf(session))
      const { decision } = await store.medusa.receive(await store.lastWebhook())
      expect(decision).toMatchObject({
        type: "accepted",
        proof: capabilities.webhooks === "signed" ? "proven" : "hint",
        event: { reference: referenceOf(session) },
      })
    })

    it("handed to Medusa's payment module past the plugin's route does nothing", async () => {
      const store = await openStore()
      const session = await store.checkout()
      store.sandbox.pay(referenceOf(session))
      const asked = store.sandbox.calls("query")
      const { action } = await store.medusa.provider.getWebhookActionAndData()
      expect(actsOn(action)).toBe(false)
      expect(store.sandbox.calls("query")).toBe(asked)
    })

    it("of a decline completes nothing", async () => {
      const store = await openStore()
      const session = await store.checkout()
      store.sandbox.fail(referenceOf(session))
      const { action } = await store.medusa.receive(await store.lastWebhook())
      expect(actsOn(action)).toBe(false)
      expect(store.medusa.paymentOf(session)).toBeUndefined()
    })

    if (wire.paidAfterFailed) {
      it("of a payment after a decline completes the session", async () => {
        const store = await openStore()
        const session = await store.checkout()
        store.sandbox.fail(referenceOf(session))
        await store.medusa.receive(await store.lastWebhook())
        store.sandbox.pay(referenceOf(session))
        await store.medusa.receive(await store.lastWebhook())
        expect(store.medusa.paymentOf(session)).toBeDefined()
      })
    }

    it("replayed, three times at once and once more later, is one payment", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      const reference = referenceOf(session)
      store.sandbox.setWebhooks({ copies: 3 })
      store.sandbox.pay(reference)
      await store.sandbox.webhooksSettled()
      const copies = store.webhooks.received
      expect(copies).toHaveLength(3)
      for (const copy of [...copies, ...copies.slice(-1)]) {
        await store.medusa.receive(copy)
      }
      expect([...store.rows.payments.values()]).toHaveLength(1)
      expect(store.sandbox.moves("payment", reference)).toEqual([store.money("100")])
      expect(store.sandbox.moves("capture", reference)).toEqual([])
      expect((await store.journal.moneyOfOrder(reference)).length).toBeLessThanOrEqual(1)
    })

    if (capabilities.refund !== "none") {
      it("of a payment, replayed after its refund, completes and undoes nothing", async () => {
        const store = await openStore()
        const payment = await store.paid()
        const received = await store.lastWebhook()
        await store.medusa.refund(payment)
        const { action } = await store.medusa.receive(received)
        expect(actsOn(action)).toBe(false)
        expect((await store.journal.findOrder(referenceOf(payment)))?.state).toBe("refunded")
      })
    }

    it("for a session that is gone completes nothing, and the money is not lost sight of", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      const reference = referenceOf(session)
      await store.medusa.deleteSession(session)
      store.sandbox.pay(reference)
      const result = await store.medusa.receive(await store.lastWebhook())
      expect(actsOn(result.action)).toBe(false)
      expect(result.data).toBeUndefined()
      expect(store.warnings.join("\n")).toContain(reference)
      expect((await store.journal.findOrder(reference))?.state).toBe(store.paidState)
    })

    it("of an older order, for another amount than the session now wants, completes nothing", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      const old = referenceOf(session)
      await store.medusa.updateSession(session, "70", store.payer)
      store.sandbox.pay(old)
      const { action } = await store.medusa.receive(await store.lastWebhook())
      expect(actsOn(action)).toBe(false)
      expect(store.medusa.paymentOf(session)).toBeUndefined()
      expect(store.warnings.join("\n")).toContain(old)
    })

    it("while the gateway can't be asked throws, so that Medusa tries again", async () => {
      const store = await openStore()
      const session = await store.checkout()
      store.sandbox.pay(referenceOf(session))
      const received = await store.lastWebhook()
      store.sandbox.fault("query", { kind: "http-error", times: "forever" })
      await expect(store.medusa.receive(received)).rejects.toThrow()
      store.sandbox.clearFaults()
      await store.medusa.receive(received)
      expect(store.medusa.paymentOf(session)).toBeDefined()
    })
  })
}
