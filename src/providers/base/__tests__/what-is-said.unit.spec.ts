import { madeUpOptions } from "./made-up-provider"
import { MadeUpStore, referenceOf } from "./made-up-store"

const payer = {
  name: "Marked Name",
  phone: "0917 MARKED",
  email: "marked@example.com",
  id_number: "MARKED-ID-77",
}

describe("what is logged, thrown and returned on a payment's whole way", () => {
  it.each(["not_sent", "declined", "unknown", "bug"] as const)(
    "holds no key of the shop and nothing of the payer, when calls end as %s",
    async (outcome) => {
      const store = new MadeUpStore({
        captures: "partial",
        reverses: true,
        payer: { id_number: { required: false } },
      })
      const session = await store.createSession({ data: { payer, note: "marked note" } })
      const { id_number } = store.gateway.order(referenceOf(session)).opened.payer
      expect(id_number).toBe(payer.id_number)
      store.gateway.pay(referenceOf(session))
      const payment = await store.authorize(session)
      if (!payment) {
        throw new Error("The payment was not authorized")
      }
      store.gateway.failNext("reverse", { outcome })
      await expect(store.cancel(payment)).rejects.toThrow()
      store.gateway.failNext("ask reverse", { outcome })
      store.gateway.failNext("capture", { outcome })
      await expect(store.capture(payment)).rejects.toThrow()
      store.gateway.failNext("queryOrder", { outcome })
      await store.webhook({ reference: referenceOf(session), word: "PAID" }).catch(() => undefined)

      expect(store.everythingSaid()).not.toMatch(/marked/i)
      expect(store.everythingSaid()).not.toContain(madeUpOptions.apiKey)
      const kept = [
        session.data,
        payment.data,
        await store.order(session),
        await store.journal.operationsOfOrder(referenceOf(session)),
      ]
      expect(JSON.stringify(kept)).not.toMatch(/marked/i)
    }
  )
})
