import { setTimeout as pause } from "node:timers/promises"
import type { Payment } from "../support/payment-rows"
import { impatientMs, referenceOf, type Store, tooLongMs } from "../support/store"
import { lostAnswers, refusalOf, type Suite } from "../support/suite"

/** What a shop may give back and what it may not; what happens when the gateway misbehaves stands beside. */
export function refund({ gateway, name, openStore, openWithSession, openWithPaid }: Suite): void {
  const { refund } = gateway.capabilities

  describe(`${name}: refund`, () => {
    it("of what was not paid is refused before the gateway is called", async () => {
      const { store, session } = await openWithSession()
      const payment = store.rows.addPayment(session, session.data)
      await refusalOf(store.medusa.refund(payment))
      expect(store.sandbox.calls("refund")).toBe(0)
    })

    it("of more than was paid is refused before the gateway is called", async () => {
      const { store, payment } = await openWithPaid("100")
      await refusalOf(store.medusa.refund(payment, "101"))
      expect(store.sandbox.calls("refund")).toBe(0)
    })

    it("typed with more places than the gateway has is refused, never rounded", async () => {
      const { store, payment } = await openWithPaid("100")
      const typed = `1.${"0".repeat(store.decimals)}1`
      expect(await refusalOf(store.medusa.refund(payment, typed))).toContain(
        refund === "none" ? "no refund" : typed
      )
      expect(store.sandbox.calls("refund")).toBe(0)
    })

    if (refund === "none") {
      it("is refused, and says what the shop can do", async () => {
        const { store, payment } = await openWithPaid("100")
        expect(await refusalOf(store.medusa.refund(payment))).toMatch(/another way|payout/i)
        expect(store.sandbox.calls("refund")).toBe(0)
      })
      return
    }

    it("in full moves all of it, once", async () => {
      const { store, payment } = await openWithPaid("100")
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
      const { store, payment } = await openWithPaid("100")
      await store.medusa.refund(payment)
      expect(await refusalOf(store.medusa.refund(payment))).toContain(referenceOf(payment))
      expect(store.sandbox.calls("refund")).toBe(1)
      expect(store.sandbox.moves("refund", referenceOf(payment))).toHaveLength(1)
    })

    it("twice at once is one refund; the other is told to wait", async () => {
      const { store, payment } = await openWithPaid("100")
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
      const { store, payment } = await openWithPaid("100")
      const refundId = await store.medusa.refund(payment)
      await store.medusa.refundAtProvider(payment, refundId, "100")
      expect(store.sandbox.calls("refund")).toBe(1)
    })

    it("that was made while Medusa lost its row is taken as made", async () => {
      const { store, payment } = await openWithPaid("100")
      store.medusa.forgetRefund(await store.medusa.refund(payment))
      await store.medusa.refund(payment)
      expect(store.sandbox.calls("refund")).toBe(1)
      expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("100")])
    })

    it("that was made before the database was restored to an earlier moment is not made twice", async () => {
      const { store, payment } = await openWithPaid("100")
      const amount = refund === "full" ? "100" : "40"
      const restore = store.journal.backup()
      const data = structuredClone(payment.data)
      const refundId = await store.medusa.refund(payment, amount)
      restore()
      payment.data = data
      store.medusa.forgetRefund(refundId)
      const again = await store.medusa
        .refund(payment, amount)
        .catch(({ message }: Error) => message)
      expect(again).toEqual(expect.any(String))
      expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money(amount)])
    })

    if (refund === "full") {
      it("of a part is refused before the gateway is called, naming what can be refunded", async () => {
        const { store, payment } = await openWithPaid("100")
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
      const { store, payment } = await openWithPaid("100")
      await store.medusa.refund(payment, "40")
      expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("40")])
      expect(payment.data).toMatchObject({ status: "partially_refunded" })
    })

    if (refund === "single_partial") {
      it("of the rest after a part is refused before the gateway is called", async () => {
        const { store, payment } = await openWithPaid("100")
        await store.medusa.refund(payment, "40")
        expect(await refusalOf(store.medusa.refund(payment, "60"))).toMatch(/only once/)
        expect(store.sandbox.calls("refund")).toBe(1)
      })
    } else {
      it("in parts may use up what was paid and nothing beyond", async () => {
        const { store, payment } = await openWithPaid("100")
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

/** No table lists these; the last two are names that every JavaScript object has. */
const undocumented = ["in_review", "success?", "constructor", "__proto__"]

/** What a gateway answers to a refund when it neither made it nor broke. */
export function refundAnswers({ gateway, name, openWithPaid }: Suite): void {
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
          const { store, payment } = await openWithPaid("100")
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
          const { store, payment } = await openWithPaid("100")
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
        const { store, payment } = await openWithPaid("100")
        store.sandbox.settle(referenceOf(payment))
        expect(await refusalOf(store.medusa.refund(payment))).toContain(settledCode)
        expect(await refusalOf(store.medusa.refund(payment))).toContain(settledCode)
        expect(refundsOf(store, payment)).toEqual([])
        expect(payment.data).toMatchObject({ status: "paid" })
      })
    }
  })

  async function refundAnsweredWith(word: string): Promise<{ store: Store; payment: Payment }> {
    const { store, payment } = await openWithPaid("100")
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

/** A refund whose outcome nobody knows: it is asked about, and the ledger shows it once. */
export function refundFaults({ gateway, name, openWithPaid }: Suite): void {
  const { refund } = gateway.capabilities
  if (refund === "none") {
    return
  }

  describe(`${name}: refund after`, () => {
    it.each(lostAnswers)("$what is made once in the end", async ({ fault, acts }) => {
      const { store, payment } = await openWithPaid("100", { timeoutMs: impatientMs })
      const reference = referenceOf(payment)
      store.sandbox.fault("refund", fault)

      expect(await refusalOf(store.medusa.refund(payment))).toMatch(/not confirmed.*try the same/is)
      expect(payment.data).toMatchObject({ reference, status: "paid" })
      expect(store.sandbox.calls("refund")).toBe(1)
      expect(store.sandbox.moves("refund", reference)).toHaveLength(
        acts === "before the answer" ? 1 : 0
      )

      await store.medusa.refund(payment)
      expect(payment.data).toMatchObject({ reference, status: "refunded" })
      if (acts === "later") {
        await pause(tooLongMs)
      }
      expect(store.sandbox.moves("refund", reference)).toEqual([store.money("100")])

      const calls = store.sandbox.calls("refund")
      await refusalOf(store.medusa.refund(payment))
      expect(store.sandbox.calls("refund")).toBe(calls)
    })

    it("an unknown outcome is not sent again while the gateway can't be asked", async () => {
      const { store, payment } = await openWithPaid("100")
      store.sandbox.fault("refund", { kind: "answer-lost" })
      await refusalOf(store.medusa.refund(payment))
      store.sandbox.fault("ask", { kind: "http-error", times: "forever" })
      expect(await refusalOf(store.medusa.refund(payment))).toMatch(/not confirmed/)
      expect(store.sandbox.calls("refund")).toBe(1)

      store.sandbox.clearFaults()
      await store.medusa.refund(payment)
      expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("100")])
    })

    it("an unknown outcome, tried by two at once, is made once", async () => {
      const { store, payment } = await openWithPaid("100")
      store.sandbox.fault("refund", { kind: "reset-before-acting" })
      await refusalOf(store.medusa.refund(payment))
      await Promise.allSettled([store.medusa.refund(payment), store.medusa.refund(payment)])
      expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("100")])
    })

    it("a redirect to another host is unknown, and that host gets nothing", async () => {
      const { store, payment } = await openWithPaid("100")
      const elsewhere = await store.anotherHost()
      store.sandbox.fault("refund", { kind: "redirect", location: elsewhere.url })
      expect(await refusalOf(store.medusa.refund(payment))).toMatch(/not confirmed/)
      await store.medusa.refund(payment)
      expect(elsewhere.received).toEqual([])
      expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("100")])
    })

    it("a gateway that can't be reached was surely not made", async () => {
      const { store, payment } = await openWithPaid("100")
      const open = await store.checkout()
      await store.sandbox.close()
      // Finds the connection that was kept alive broken, which proves nothing; the next finds none at all.
      await store.medusa.provider.getPaymentStatus({ data: open.data })
      expect(await refusalOf(store.medusa.refund(payment))).toMatch(/not made/)
      const [operation] = await store.journal.operationsOfOrder(referenceOf(payment), "refund")
      expect(operation?.state).toBe("declined")
    })

    if (refund !== "full") {
      it("an unknown outcome of a part lets no other amount through", async () => {
        const { store, payment } = await openWithPaid("100")
        store.sandbox.fault("refund", { kind: "answer-lost" })
        await refusalOf(store.medusa.refund(payment, "40"))
        await refusalOf(store.medusa.refund(payment, "60"))
        await store.medusa.refund(payment, "40")
        expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("40")])
      })
    }
  })
}
