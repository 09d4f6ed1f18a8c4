import { refusalOf } from "../support/refusal"
import { referenceOf } from "../support/store"
import type { Suite } from "../support/suite"

/** What a shop may give back and what it may not; what happens when the gateway misbehaves stands beside. */
export function refund({ gateway, name, openStore }: Suite): void {
  const { refund } = gateway.capabilities

  describe(`${name}: refund`, () => {
    it("of what was not paid is refused before the gateway is called", async () => {
      const store = await openStore()
      const session = await store.checkout()
      const payment = store.rows.addPayment(session, session.data)
      await refusalOf(store.medusa.refund(payment))
      expect(store.sandbox.calls("refund")).toBe(0)
    })

    it("of more than was paid is refused before the gateway is called", async () => {
      const store = await openStore()
      const payment = await store.paid("100")
      await refusalOf(store.medusa.refund(payment, "101"))
      expect(store.sandbox.calls("refund")).toBe(0)
    })

    it("typed with more places than the gateway has is refused, never rounded", async () => {
      const store = await openStore()
      const payment = await store.paid("100")
      const typed = `1.${"0".repeat(store.decimals)}1`
      expect(await refusalOf(store.medusa.refund(payment, typed))).toContain(
        refund === "none" ? "no refund" : typed
      )
      expect(store.sandbox.calls("refund")).toBe(0)
    })

    if (refund === "none") {
      it("is refused, and says what the shop can do", async () => {
        const store = await openStore()
        const payment = await store.paid("100")
        expect(await refusalOf(store.medusa.refund(payment))).toMatch(/another way|payout/i)
        expect(store.sandbox.calls("refund")).toBe(0)
      })
      return
    }

    it("in full moves all of it, once", async () => {
      const store = await openStore()
      const payment = await store.paid("100")
      await store.medusa.refund(payment)
      expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("100")])
      expect(payment.data).toMatchObject({ status: "refunded" })
    })

    it.each(Object.keys(gateway.currencies))(
      "of a total with four places in %s gives back what was charged, to the last digit",
      async (currency) => {
        const store = await openStore()
        const payment = await store.paid("111.9888", currency)
        await store.medusa.refund(payment)
        const reference = referenceOf(payment)
        expect(store.sandbox.moves("refund", reference)).toEqual(
          store.sandbox.moves("payment", reference)
        )
      }
    )

    it("twice is refused the second time, before the gateway is called", async () => {
      const store = await openStore()
      const payment = await store.paid("100")
      await store.medusa.refund(payment)
      expect(await refusalOf(store.medusa.refund(payment))).toContain(referenceOf(payment))
      expect(store.sandbox.calls("refund")).toBe(1)
      expect(store.sandbox.moves("refund", referenceOf(payment))).toHaveLength(1)
    })

    it("twice at once is one refund; the other is told to wait", async () => {
      const store = await openStore()
      const payment = await store.paid("100")
      const tries = [store.medusa.refund(payment), store.medusa.refund(payment)]
      const refusals = await Promise.allSettled(tries.map(refusalOf))
      expect(refusals.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
      expect(refusals).toContainEqual({
        status: "fulfilled",
        value: expect.stringMatching(/under way.*wait/is),
      })
      expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("100")])
    })

    it("repeated by Medusa under the same refund's id is not sent again", async () => {
      const store = await openStore()
      const payment = await store.paid("100")
      const refundId = await store.medusa.refund(payment)
      await store.medusa.refundAtProvider(payment, refundId, "100")
      expect(store.sandbox.calls("refund")).toBe(1)
    })

    it("that was made while Medusa lost its row is taken as made", async () => {
      const store = await openStore()
      const payment = await store.paid("100")
      store.medusa.forgetRefund(await store.medusa.refund(payment))
      await store.medusa.refund(payment)
      expect(store.sandbox.calls("refund")).toBe(1)
      expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("100")])
    })

    if (refund === "full") {
      it("of a part is refused before the gateway is called, naming what can be refunded", async () => {
        const store = await openStore()
        const payment = await store.paid("100")
        expect(await refusalOf(store.medusa.refund(payment, "40"))).toContain(
          `${store.money("100").amount} ${store.currency.toUpperCase()} can be refunded`
        )
        expect(store.sandbox.calls("refund")).toBe(0)
        await store.medusa.refund(payment)
        expect(store.sandbox.moves("refund", referenceOf(payment))).toHaveLength(1)
      })
      return
    }

    it("of a part moves the true part", async () => {
      const store = await openStore()
      const payment = await store.paid("100")
      await store.medusa.refund(payment, "40")
      expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("40")])
      expect(payment.data).toMatchObject({ status: "partially_refunded" })
    })

    if (refund === "single_partial") {
      it("of the rest after a part is refused before the gateway is called", async () => {
        const store = await openStore()
        const payment = await store.paid("100")
        await store.medusa.refund(payment, "40")
        expect(await refusalOf(store.medusa.refund(payment, "60"))).toMatch(/only once/)
        expect(store.sandbox.calls("refund")).toBe(1)
      })
    } else {
      it("in parts may use up what was paid and nothing beyond", async () => {
        const store = await openStore()
        const payment = await store.paid("100")
        await store.medusa.refund(payment, "40")
        await store.medusa.refund(payment, "60")
        await refusalOf(store.medusa.refund(payment, "1"))
        expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([
          store.money("40"),
          store.money("60"),
        ])
      })
    }
  })
}
