import { actsOn } from "../support/payment-module"
import { referenceOf } from "../support/store"
import type { Suite } from "../support/suite"

/** What a webhook names is asked about and never believed; what nobody signed makes nobody ask for nothing. */
export function webhookHints({ gateway, name, openStore }: Suite): void {
  const { capabilities, wire } = gateway
  if (capabilities.webhooks === "none") {
    return
  }

  describe(`${name}: webhook`, () => {
    it("that names another order's payment for this one pays nothing by it", async () => {
      const store = await openStore()
      const mine = await store.checkout("100")
      const theirs = await store.checkout("100")
      store.sandbox.pay(referenceOf(theirs))
      const proper = await store.lastWebhook()
      const { amount } = store.money("100")
      store.sandbox.claimPaid(referenceOf(mine), amount, referenceOf(theirs))
      const { action } = await store.medusa.receive(await store.lastWebhook())
      expect(actsOn(action)).toBe(false)
      expect(store.medusa.paymentOf(mine)).toBeUndefined()
      expect(await store.journal.moneyOfOrder(referenceOf(mine))).toEqual([])
      expect((await store.medusa.authorize(mine)).status).toBe("pending")

      await store.medusa.receive(proper)
      expect(store.medusa.paymentOf(theirs)).toBeDefined()
    })

    it("that named a payment in vain does not keep the true one from being found", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      for (let times = 0; times < 30; times += 1) {
        store.sandbox.claimPaid(referenceOf(session), store.money("100").amount)
      }
      await store.sandbox.webhooksSettled()
      for (const webhook of store.webhooks.received) {
        expect(actsOn((await store.medusa.receive(webhook)).action)).toBe(false)
      }
      store.sandbox.pay(referenceOf(session))
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
    })

    if (wire.webhookEncodings.includes("form")) {
      it("of a payment that was not made completes nothing, cut off anywhere", async () => {
        const store = await openStore()
        const session = await store.checkout("100")
        const [encoding] = wire.webhookEncodings.filter((each) => each === "form")
        store.sandbox.setWebhooks({ encoding })
        store.sandbox.claimPaid(referenceOf(session), store.money("100").amount)
        const received = await store.lastWebhook()
        for (let length = 0; length <= received.body.length; length += 7) {
          const body = received.body.subarray(0, length)
          const { action } = await store.medusa.receive({ ...received, body })
          expect(actsOn(action)).toBe(false)
        }
        expect(store.medusa.paymentOf(session)).toBeUndefined()
      })
    }

    if (capabilities.webhooks === "unsigned") {
      it("that nobody signed asks the gateway about what is open, else about the number it names alone", async () => {
        const store = await openStore()
        const payment = await store.paid("100")
        const asked = store.sandbox.calls("query")
        store.sandbox.claimPaid("01HZZZZZZZZZZZZZZZZZZZZZZZ0", store.money("100").amount)
        store.sandbox.claimPaid(referenceOf(payment), store.money("100").amount)
        await store.sandbox.webhooksSettled()
        for (const webhook of store.webhooks.received) {
          await store.medusa.receive(webhook)
        }
        // Another payment under one reference has to be found; see `queryPayment`.
        expect(store.sandbox.calls("query")).toBeLessThanOrEqual(asked + 1)
        expect([...store.rows.payments.values()]).toHaveLength(1)
      })

      it("that nobody signed, sent before the true one, does not take its place", async () => {
        const store = await openStore()
        const session = await store.checkout("100")
        store.sandbox.claimPaid(referenceOf(session), store.money("100").amount)
        await store.medusa.receive(await store.lastWebhook())
        store.sandbox.pay(referenceOf(session))
        await store.medusa.receive(await store.lastWebhook())
        expect(store.medusa.paymentOf(session)).toBeDefined()
      })
    }
  })
}
