import { refusalOf } from "../support/refusal"
import { referenceOf, type Store } from "../support/store"
import type { Payment } from "../support/payment-rows"
import type { Suite } from "../support/suite"

/** No table lists these; the last two are names that every JavaScript object has. */
const undocumented = ["in_review", "success?", "constructor", "__proto__"]

/** What a gateway answers to a refund when it neither made it nor broke. */
export function refundAnswers({ gateway, name, openStore }: Suite): void {
  if (gateway.capabilities.refund === "none") {
    return
  }
  const { refundWords, misleading, wire } = gateway

  describe(`${name}: refund answered`, () => {
    if (refundWords) {
      it.each([...refundWords.pending, ...undocumented])(
        "with %j is not a refund yet; made later, the repeat takes it as made",
        async (word) => {
          const { store, payment } = await refundAnsweredWith(word)
          store.sandbox.finishRefund(referenceOf(payment), "made")
          await store.medusa.refund(payment)
          expect(refundsOf(store, payment)).toEqual([store.money("100")])
        }
      )

      it.each([...refundWords.pending, "in_review"])(
        "with %j and repeated while it is under way moves nothing twice",
        async (word) => {
          const { store, payment } = await refundAnsweredWith(word)
          await refusalOf(store.medusa.refund(payment))
          expect(refundsOf(store, payment)).toEqual([])
          store.sandbox.finishRefund(referenceOf(payment), "made")
          await store.medusa.refund(payment)
          expect(refundsOf(store, payment)).toEqual([store.money("100")])
        }
      )

      for (const word of refundWords.pending) {
        it(`with "${word}" that fails later can be made again`, async () => {
          const { store, payment } = await refundAnsweredWith(word)
          store.sandbox.finishRefund(referenceOf(payment), "failed")
          store.sandbox.answerRefundsWith(refundWords.made)
          await store.medusa.refund(payment)
          expect(refundsOf(store, payment)).toEqual([store.money("100")])
        })
      }

      for (const word of refundWords.declined) {
        it(`with "${word}" was not made and can be tried again`, async () => {
          const store = await openStore()
          const payment = await store.paid("100")
          store.sandbox.answerRefundsWith(word)
          expect(await refusalOf(store.medusa.refund(payment))).toMatch(/not made/)
          expect(refundsOf(store, payment)).toEqual([])
          store.sandbox.answerRefundsWith(refundWords.made)
          await store.medusa.refund(payment)
          expect(refundsOf(store, payment)).toEqual([store.money("100")])
        })
      }
    }

    if (misleading.refund) {
      it.each(misleading.refund.map((answer) => [answer]))(
        "with %j proves nothing",
        async (answer) => {
          const store = await openStore()
          const payment = await store.paid("100")
          store.sandbox.fault("refund", { kind: "wrong-shape", answer, acts: false })
          expect(await refusalOf(store.medusa.refund(payment))).toMatch(/not confirmed/)
          expect(payment.data).toMatchObject({ status: "paid" })
          await store.medusa.refund(payment)
          expect(refundsOf(store, payment)).toEqual([store.money("100")])
        }
      )
    }

    const { settledCode } = wire
    if (settledCode !== null) {
      it("after settlement is refused with the gateway's words, each time", async () => {
        const store = await openStore()
        const payment = await store.paid("100")
        store.sandbox.settle(referenceOf(payment))
        expect(await refusalOf(store.medusa.refund(payment))).toContain(settledCode)
        expect(await refusalOf(store.medusa.refund(payment))).toContain(settledCode)
        expect(refundsOf(store, payment)).toEqual([])
        expect(payment.data).toMatchObject({ status: "paid" })
      })
    }
  })

  async function refundAnsweredWith(word: string): Promise<{ store: Store; payment: Payment }> {
    const store = await openStore()
    const payment = await store.paid("100")
    store.sandbox.answerRefundsWith(word)
    expect(await refusalOf(store.medusa.refund(payment))).toMatch(/not confirmed/)
    expect(refundsOf(store, payment)).toEqual([])
    expect(payment.data).toMatchObject({ status: "paid" })
    return { store, payment }
  }
}

function refundsOf(store: Store, payment: Payment) {
  return store.sandbox.moves("refund", referenceOf(payment))
}
