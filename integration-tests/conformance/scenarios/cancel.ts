import { refusalOf } from "../support/refusal"
import { referenceOf } from "../support/store"
import type { Suite } from "../support/suite"

export function cancel({ gateway, name, openStore }: Suite): void {
  const { capture, voids } = gateway.capabilities

  describe(`${name}: cancel`, () => {
    it("of what was not paid lets go of the order, which stays known", async () => {
      const store = await openStore()
      const session = await store.checkout()
      await store.medusa.cancelSession(session)
      const order = await store.journal.findOrder(referenceOf(session))
      expect(order).toMatchObject({ session_released_at: expect.anything() })
    })

    it("of what was taken is refused and moves no money", async () => {
      const store = await openStore()
      const payment = await store.paid()
      expect(await refusalOf(store.medusa.cancel(payment))).toMatch(/refund/i)
      expect(payment.canceled_at).toBeNull()
      expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([])
      expect(store.sandbox.moves("void", referenceOf(payment))).toEqual([])
    })

    it("without a reference, or while the gateway is away, does not throw", async () => {
      const store = await openStore()
      const session = await store.checkout()
      await store.sandbox.close()
      await store.medusa.cancelSession({ ...session, data: {} })
      await store.medusa.cancelSession(session)
    })

    if (capture === "automatic") {
      it("of what was paid a moment ago, unseen so far, is refused", async () => {
        const store = await openStore()
        const session = await store.checkout()
        store.sandbox.pay(referenceOf(session))
        expect(await refusalOf(store.medusa.cancelSession(session))).toMatch(/refund/i)
        expect(store.sandbox.moves("refund", referenceOf(session))).toEqual([])
      })
    }

    if (capture !== "automatic" && voids) {
      it("of what was reserved gives it back once", async () => {
        const store = await openStore()
        const payment = await store.authorized("100")
        await store.medusa.cancel(payment)
        await store.medusa.cancel(payment)
        expect(store.sandbox.moves("void", referenceOf(payment))).toEqual([store.money("100")])
        expect(store.sandbox.calls("void")).toBe(1)
      })

      it("of what was reserved leaves nothing to capture", async () => {
        const store = await openStore()
        const payment = await store.authorized("100")
        await store.medusa.cancel(payment)
        await refusalOf(store.medusa.capture(payment))
        expect(store.sandbox.calls("capture")).toBe(0)
      })
    }

    if (capture !== "automatic" && !voids) {
      it("of what was reserved is refused, because the gateway can't", async () => {
        const store = await openStore()
        const payment = await store.authorized("100")
        await refusalOf(store.medusa.cancel(payment))
        expect(payment.canceled_at).toBeNull()
      })
    }
  })
}
