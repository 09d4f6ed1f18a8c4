import { refusalOf } from "../support/refusal"
import { referenceOf } from "../support/store"
import type { Suite } from "../support/suite"

export function capture({ gateway, name, openStore }: Suite): void {
  const { capture } = gateway.capabilities

  describe(`${name}: capture`, () => {
    it("of what was not paid is refused", async () => {
      const store = await openStore()
      const session = await store.checkout()
      const payment = store.rows.addPayment(session, session.data)
      expect(await refusalOf(store.medusa.capture(payment))).toContain(referenceOf(session))
      expect(payment.captured_at).toBeNull()
    })

    if (capture === "automatic") {
      it("twice is one payment, taken when the shopper paid", async () => {
        const store = await openStore()
        const payment = await store.paid("100")
        const reference = referenceOf(payment)
        await store.medusa.captureAtProvider(payment, "capt_1")
        await store.medusa.captureAtProvider(payment, "capt_2")
        expect(referenceOf(payment)).toBe(reference)
        expect(store.sandbox.moves("payment", reference)).toEqual([store.money("100")])
      })
    } else {
      it("twice is one capture", async () => {
        const store = await openStore()
        const payment = await store.authorized("100")
        await store.medusa.capture(payment)
        const { id } = [...store.rows.captures.values()][0] ?? { id: "" }
        await store.medusa.captureAtProvider(payment, id)
        await refusalOf(store.medusa.captureAtProvider(payment, "capt_another"))
        expect(store.sandbox.moves("capture", referenceOf(payment))).toEqual([store.money("100")])
      })

      it("of more than was reserved is refused before the gateway is called", async () => {
        const store = await openStore()
        const payment = await store.authorized("100")
        await refusalOf(store.medusa.capture(payment, "101"))
        expect(store.sandbox.calls("capture")).toBe(0)
      })
    }

    if (capture === "full") {
      it("of a part is refused before the gateway is called, naming what can be captured", async () => {
        const store = await openStore()
        const payment = await store.authorized("100")
        const refusal = await refusalOf(store.medusa.capture(payment, "40"))
        expect(refusal).toContain(store.money("100").amount)
        expect(store.sandbox.calls("capture")).toBe(0)
      })
    }

    if (capture === "single_partial" || capture === "multiple_partial") {
      it("of a part takes the true part", async () => {
        const store = await openStore()
        const payment = await store.authorized("100")
        await store.medusa.capture(payment, "40")
        expect(store.sandbox.moves("capture", referenceOf(payment))).toEqual([store.money("40")])
      })

      it("typed with more places than the gateway has is refused, never rounded", async () => {
        const store = await openStore()
        const payment = await store.authorized("100")
        const typed = `1.${"0".repeat(store.decimals)}1`
        expect(await refusalOf(store.medusa.capture(payment, typed))).toContain(typed)
        expect(store.sandbox.calls("capture")).toBe(0)
      })

      it("of a part, whose answer was lost, is found by asking", async () => {
        const store = await openStore()
        const payment = await store.authorized("100")
        store.sandbox.fault("capture", { kind: "answer-lost" })
        await refusalOf(store.medusa.capture(payment, "40"))
        await store.medusa.capture(payment, "40")
        expect(store.sandbox.calls("capture")).toBe(1)
        expect(store.sandbox.moves("capture", referenceOf(payment))).toEqual([store.money("40")])
      })

      it("of a part leaves that part to be refunded, and no more", async () => {
        const store = await openStore()
        const payment = await store.authorized("100")
        await store.medusa.capture(payment, "40")
        await refusalOf(store.medusa.refund(payment, "41"))
        expect(store.sandbox.calls("refund")).toBe(0)
        if (gateway.capabilities.refund !== "none") {
          await store.medusa.refund(payment, "40")
          expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("40")])
        }
      })

      it("of a part, by two at once, is one capture", async () => {
        const store = await openStore()
        const payment = await store.authorized("100")
        const tries = [store.medusa.capture(payment, "60"), store.medusa.capture(payment, "60")]
        await Promise.allSettled(tries)
        expect(store.sandbox.moves("capture", referenceOf(payment))).toEqual([store.money("60")])
      })
    }

    if (capture === "single_partial") {
      it("of the rest after a part is refused before the gateway is called", async () => {
        const store = await openStore()
        const payment = await store.authorized("100")
        await store.medusa.capture(payment, "40")
        expect(await refusalOf(store.medusa.capture(payment, "60"))).toMatch(/only once/)
        expect(store.sandbox.calls("capture")).toBe(1)
      })
    }

    if (capture === "multiple_partial") {
      it("in parts may use up what was reserved and nothing beyond", async () => {
        const store = await openStore()
        const payment = await store.authorized("100")
        await store.medusa.capture(payment, "40")
        await store.medusa.capture(payment, "60")
        await refusalOf(store.medusa.capture(payment, "1"))
        expect(store.sandbox.moves("capture", referenceOf(payment))).toEqual([
          store.money("40"),
          store.money("60"),
        ])
      })
    }
  })
}
