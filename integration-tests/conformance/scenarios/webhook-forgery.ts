import { actsOn, type PaymentModule } from "../support/payment-module"
import type { ReceivedRequest } from "../support/http-listener"
import { referenceOf, type Store } from "../support/store"
import type { Suite } from "../support/suite"

/** Webhooks that a gateway did not send, or that claim what is not so. None may complete a cart. */
export function webhookForgery({ gateway, name, openStore }: Suite): void {
  const { capabilities, wire } = gateway
  if (capabilities.webhooks === "none") {
    return
  }

  describe(`${name}: webhook`, () => {
    it("that claims a payment which was not made completes nothing", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      store.sandbox.claimPaid(referenceOf(session), store.money("100").amount)
      expect(await completes(store.medusa, await store.lastWebhook())).toBe(false)
      expect(store.medusa.paymentOf(session)).toBeUndefined()
    })

    it("with a changed amount never changes what is charged, and says so", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      store.sandbox.setWebhooks({ amount: 1 })
      store.sandbox.pay(referenceOf(session))
      const { data } = await store.medusa.receive(await store.lastWebhook())
      expect(["100", undefined]).toContain(data && String(data.amount))
      expect(store.warnings.join("\n")).toContain(referenceOf(session))
    })

    it("for somebody else's session completes nothing and asks the gateway nothing", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      store.sandbox.pay(referenceOf(session))
      const received = await store.lastWebhook()
      expect(await completes(store.other, received)).toBe(false)
      expect(store.sandbox.calls("query")).toBe(0)
      expect(await completes(store.medusa, received)).toBe(true)
    })

    it("for a session of a provider that is none of this plugin's completes nothing", async () => {
      const store = await openStore()
      const foreign = store.rows.addSession({
        providerId: "pp_system_default",
        amount: "100",
        currency: store.currency,
        data: {},
      })
      const reference = `${foreign.id.replace("payses_", "")}0`
      store.sandbox.claimPaid(reference, store.money("100").amount)
      expect(await completes(store.medusa, await store.lastWebhook())).toBe(false)
      expect(foreign.status).toBe("pending")
    })

    it.each([
      { what: "an order of nobody's", reference: "01HZZZZZZZZZZZZZZZZZZZZZZZ0" },
      { what: "nothing", reference: "" },
      { what: "a word of JavaScript's", reference: "constructor" },
      { what: "5000 digits", reference: "9".repeat(5_000) },
    ])("for $what completes nothing and does not throw", async ({ reference }) => {
      const store = await openStore()
      await store.checkout()
      store.sandbox.claimPaid(reference, store.money("100").amount)
      expect(await completes(store.medusa, await store.lastWebhook())).toBe(false)
    })

    if (wire.webhookEncodings.includes("json")) {
      it("truncated anywhere completes nothing", async () => {
        const { store, received } = await paidWithWebhook()
        for (let length = 0; length < received.body.length; length += 7) {
          const body = received.body.subarray(0, length)
          expect(await completes(store.medusa, { ...received, body })).toBe(false)
        }
        expect(await completes(store.medusa, received)).toBe(true)
      })
    }

    it.each([
      { what: "no body at all", body: "" },
      { what: "JSON that is no object", body: "null" },
      { what: "a list", body: "[]" },
      { what: "an object without a field", body: "{}" },
      { what: "bytes that are no text", body: "\u0000\uFFFD\u0001" },
      { what: "JSON with a prototype in it", body: '{"__proto__":{"orderNo":"x","txStatus":"y"}}' },
    ])("with $what completes nothing and does not throw", async ({ body }) => {
      const { store, received } = await paidWithWebhook()
      const forged = { ...received, body: Buffer.from(body, "latin1") }
      expect(await completes(store.medusa, forged)).toBe(false)
    })

    it("by a method that the gateway does not use is refused", async () => {
      const { store, received } = await paidWithWebhook()
      const others = capabilities.webhooks === "signed" ? ["GET", "PUT", "HEAD"] : ["PUT", "HEAD"]
      for (const method of others) {
        const { action, decision } = await store.medusa.receive({ ...received, method })
        expect(actsOn(action)).toBe(false)
        expect(decision).toMatchObject({ type: "refused", status: 404 })
      }
    })

    if (capabilities.webhooks === "signed") {
      it("forged, with another secret, completes nothing and asks the gateway nothing", async () => {
        const store = await openStore()
        const session = await store.checkout()
        store.sandbox.setWebhooks({ forged: true })
        store.sandbox.pay(referenceOf(session))
        const { action, decision } = await store.medusa.receive(await store.lastWebhook())
        expect(actsOn(action)).toBe(false)
        expect(decision).toMatchObject({ type: "refused", status: 401 })
        expect(store.sandbox.calls("query")).toBe(0)
      })

      it.each([
        { what: "removed", change: () => undefined },
        { what: "emptied", change: () => "" },
        { what: "cut", change: (signature: string) => signature.slice(0, -4) },
        { what: "written twice", change: (signature: string) => signature + signature },
        { what: "no such thing at all", change: () => "\u00e9\u0000" },
      ])("with its signature $what completes nothing", async ({ change }) => {
        const { store, received } = await paidWithWebhook()
        const forged = gateway.changeSignature(received, change)
        expect(forged).not.toEqual(received)
        expect(await completes(store.medusa, forged)).toBe(false)
        expect(await completes(store.medusa, received)).toBe(true)
      })

      it("with the signature of another webhook completes nothing", async () => {
        const { store, received } = await paidWithWebhook()
        const session = await store.checkout("70")
        store.sandbox.pay(referenceOf(session))
        let other = ""
        gateway.changeSignature(await store.lastWebhook(), (signature) => (other = signature))
        const forged = gateway.changeSignature(received, () => other)
        expect(await completes(store.medusa, forged)).toBe(false)
      })

      it("signed with the secret before it was changed is taken while both are set", async () => {
        const store = await openStore({ signsWith: "previous" })
        const session = await store.checkout()
        store.sandbox.pay(referenceOf(session))
        expect(await completes(store.medusa, await store.lastWebhook())).toBe(true)
      })
    }

    if (wire.signsAmount) {
      it("with an amount changed on the way is forged", async () => {
        const store = await openStore()
        const session = await store.checkout("100")
        store.sandbox.pay(referenceOf(session))
        const received = await store.lastWebhook()
        const body = Buffer.from(received.body.toString("utf8").replaceAll("100", "200"))
        expect(body).not.toEqual(received.body)
        expect(await completes(store.medusa, { ...received, body })).toBe(false)
      })
    }
  })

  async function paidWithWebhook(): Promise<{ store: Store; received: ReceivedRequest }> {
    const store = await openStore()
    const session = await store.checkout("100")
    const [encoding] = wire.webhookEncodings
    store.sandbox.setWebhooks({ encoding })
    store.sandbox.pay(referenceOf(session))
    return { store, received: await store.lastWebhook() }
  }
}

/** Whether Medusa would complete a cart. */
async function completes(medusa: PaymentModule, request: ReceivedRequest): Promise<boolean> {
  const { action, data } = await medusa.receive(request)
  return actsOn(action) && data !== undefined
}
