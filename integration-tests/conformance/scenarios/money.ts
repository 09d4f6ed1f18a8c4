import { readNextAction } from "../support/next-action"
import { actsOn } from "../support/payment-module"
import { referenceOf } from "../support/store"
import type { Suite } from "../support/suite"

/** What was really paid, held against what was ordered. */
export function money({ gateway, name, openStore }: Suite): void {
  const { capabilities, wire } = gateway

  describe(`${name}: money`, () => {
    it(`paid with the right amount is ${
      capabilities.capture === "automatic" ? "captured" : "authorized"
    }, and kept in the journal once`, async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      const reference = referenceOf(session)
      store.sandbox.pay(reference)
      const { status, data } = await store.medusa.authorize(session)
      await store.medusa.provider.getPaymentStatus({ data })
      expect(status).toBe(store.paidStatus)
      expect(data).toMatchObject({ reference, status: store.paidState })
      expect(store.sandbox.moves("payment", reference)).toEqual([store.money("100")])
      if (capabilities.capture === "automatic") {
        expect(await store.journal.moneyOfOrder(reference)).toEqual([
          expect.objectContaining({ order_reference: reference, ...store.orderMoney("100") }),
        ])
      }
    })

    it("paid leaves the shopper nothing to do", async () => {
      const store = await openStore()
      const session = await store.checkout()
      store.sandbox.pay(referenceOf(session))
      const { data } = await store.medusa.authorize(session)
      expect(readNextAction(data)).toEqual({ type: "none" })
    })

    if (wire.namesMoney) {
      const wrong = [
        { what: "a smaller amount", amount: "99", currency: undefined },
        ...(wire.namesCurrency
          ? [{ what: "another currency", amount: "100", currency: "xxx" }]
          : []),
        ...(capabilities.receivesInParts
          ? []
          : [{ what: "a larger amount", amount: "101", currency: undefined }]),
      ]
      it.each(wrong)("paid with $what is never authorized", async ({ amount, currency }) => {
        const store = await openStore()
        const session = await store.checkout("100")
        const paid = store.money(amount)
        store.sandbox.pay(referenceOf(session), { ...paid, currency: currency ?? paid.currency })
        const { payment } = await store.medusa.authorize(session)
        expect(payment).toBeUndefined()
        expect(["pending", "error"]).toContain(session.status)
        if (session.status === "error") {
          expect(store.warnings.join("\n")).toContain(referenceOf(session))
          expect(store.warnings.join("\n")).toContain(`received ${amount}`)
        }
      })
    }

    if (capabilities.receivesInParts) {
      it("paid in parts is pending until they add up", async () => {
        const store = await openStore()
        const session = await store.checkout("100")
        const reference = referenceOf(session)
        // Only its webhook names the number of a part.
        store.sandbox.pay(reference, store.money("60"))
        expect(actsOn((await store.medusa.receive(await store.lastWebhook())).action)).toBe(false)
        expect((await store.medusa.authorize(session)).status).toBe("pending")
        store.sandbox.pay(reference, store.money("40"))
        await store.medusa.receive(await store.lastWebhook())
        expect(store.medusa.paymentOf(session)).toBeDefined()
        expect(await store.journal.moneyOfOrder(reference)).toHaveLength(2)
      })
    }
  })
}
