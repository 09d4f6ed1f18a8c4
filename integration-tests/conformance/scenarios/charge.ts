import { readNextAction } from "../support/next-action"
import { refusalOf } from "../support/refusal"
import { referenceOf } from "../support/store"
import { controlOf } from "../support/charge-control"
import type { Suite } from "../support/suite"

/** Payments that the shop's server charges: never before the shopper is done, and once whoever asks. */
export function charge({ gateway, name, openStore, witness }: Suite): void {
  const { charges } = gateway
  if (!charges) {
    return
  }

  describe(`${name}: charge`, () => {
    it("is not made when the shopper chooses to pay so: the gateway hears nothing of it", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      const reference = referenceOf(session)
      expect(session.status).toBe("pending")
      expect(session.data).toMatchObject({
        session_id: session.id,
        reference,
        amount: store.money("100").amount,
        currency_code: store.currency,
        status: "open",
      })
      expect(readNextAction(session.data)).toEqual({ type: "none" })
      await store.medusa.provider.getPaymentStatus({ data: session.data })
      await store.medusa.initiate(session, { ...session.data, ...controlOf(store).shopper().data })
      expect(store.sandbox.calls("charge")).toBe(0)
      expect(store.sandbox.orders()).toEqual([])
      expect(store.sandbox.moves("payment", reference)).toEqual([])
    })

    it("is made once, when the payment is authorized, of what was ordered", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      const { status, payment, data } = await store.medusa.authorize(session)
      expect(status).toBe(store.paidStatus)
      expect(payment).toBeDefined()
      expect(data).toMatchObject({ status: store.paidState })
      await store.medusa.provider.authorizePayment({
        data,
        context: { idempotency_key: session.id },
      })
      expect(store.sandbox.calls("charge")).toBe(1)
      expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([store.money("100")])
    })

    it("is made once when three authorize at once", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      const authorize = () =>
        store.medusa.provider.authorizePayment({
          data: session.data,
          context: { idempotency_key: session.id },
        })
      const answers = await Promise.all([authorize(), authorize(), authorize()])
      for (const { status } of answers) {
        expect([store.paidStatus, "pending"]).toContain(status)
      }
      expect((await authorize()).status).toBe(store.paidStatus)
      expect(store.sandbox.calls("charge")).toBe(1)
      expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([store.money("100")])
    })

    it("forgets what it was made with", async () => {
      const store = await openStore()
      const { data, customer } = controlOf(store).shopper()
      const session = await store.checkout("100", { data, customer })
      await store.medusa.authorize(session)
      const order = await store.journal.findOrder(referenceOf(session))
      // A code pays for whoever has it; the number of a saved method is of use to its customer alone.
      const kept = JSON.stringify(charges.asksForCode ? [order, session.data] : order)
      for (const word of Object.values(data)) {
        expect(kept).not.toContain(word)
      }
    })

    const declined = gateway.wire.tellsFailure ? "error" : "pending"
    it(`declined is ${declined}, is not made again, and lets the shopper choose again`, async () => {
      const store = await openStore()
      controlOf(store).answerWith("declined")
      const session = await store.checkout("100")
      const { status, payment } = await store.medusa.authorize(session)
      expect(status).toBe(declined)
      expect(payment).toBeUndefined()
      expect((await store.medusa.authorize(session)).status).toBe(declined)
      expect(store.sandbox.calls("charge")).toBe(1)
      expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([])

      controlOf(store).answerWith("paid")
      const another = await store.checkout("100")
      expect((await store.medusa.authorize(another)).status).toBe(store.paidStatus)
    })

    it("that waits for the shopper is pending, and paid once he has paid, without another", async () => {
      const store = await openStore()
      controlOf(store).answerWith("waits")
      const session = await store.checkout("100")
      const { status, payment } = await store.medusa.authorize(session)
      expect(status).toBe("pending")
      expect(payment).toBeUndefined()
      store.sandbox.pay(referenceOf(session))
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
      expect(store.sandbox.calls("charge")).toBe(1)
      expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([store.money("100")])
    })

    it("that waits and is declined at last takes nothing, and is not made again", async () => {
      const store = await openStore()
      controlOf(store).answerWith("waits")
      const session = await store.checkout("100")
      await store.medusa.authorize(session)
      store.sandbox.fail(referenceOf(session))
      const { status, payment } = await store.medusa.authorize(session)
      expect(status).toBe(declined)
      expect(payment).toBeUndefined()
      expect(store.sandbox.calls("charge")).toBe(1)
      expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([])
    })

    if (charges.asksForCode) {
      it("that goes wrong says nothing of the code it was made with", async () => {
        const store = await openStore()
        const { data } = controlOf(store).shopper()
        const session = await store.checkout("100", { data })
        store.sandbox.fault("charge", { kind: "html" })
        store.sandbox.fault("query", { kind: "html", times: "forever" })
        await store.medusa.authorize(session)
        expect(store.warnings.join("\n")).toContain(referenceOf(session))
        expect(witness.leaks(Object.values(data), ["logged", "thrown", "returned"])).toEqual([])
      })

      it("without the shopper's code asks for it, and is not made", async () => {
        const store = await openStore()
        const blank = Object.keys(controlOf(store).shopper().data).map((key) => [key, null])
        const session = await store.checkout("100", { data: Object.fromEntries(blank) })
        expect(readNextAction(session.data)).toEqual({ type: "shopper_code" })
        expect((await store.medusa.authorize(session)).status).toBe("pending")
        expect(store.sandbox.calls("charge")).toBe(0)
      })
    }

    if (charges.belongsToCustomer) {
      it.each([
        { who: "another customer", customer: { id: "cus_another", email: "other@example.test" } },
        { who: "nobody who is logged in", customer: undefined },
      ])("for $who is refused before anything is charged", async ({ customer }) => {
        const store = await openStore()
        await refusalOf(store.checkout("100", { customer }))
        expect(store.sandbox.calls("charge")).toBe(0)
      })
    }

    if (charges.confirms) {
      it("that the shopper must confirm leads him there, and is paid when he did", async () => {
        const store = await openStore()
        controlOf(store).answerWith("asks")
        const session = await store.checkout("100")
        const { status, payment, data } = await store.medusa.authorize(session)
        expect(status).toBe("pending")
        expect(payment).toBeUndefined()
        expect(["redirect", "post_form"]).toContain(readNextAction(data).type)
        expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([])

        store.sandbox.pay(referenceOf(session))
        expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
        expect(store.sandbox.calls("charge")).toBe(1)
      })
    }
  })
}
