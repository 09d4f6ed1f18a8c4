import type { BigNumberInput } from "@medusajs/framework/types"
import { gatewayContext } from "../context"
import { refundBlocker } from "../refund"
import { recordRefundElsewhere } from "../refund-elsewhere"
import { recordingLogger } from "../../../testing/fake-provider"
import { FakeStore, referenceOf } from "../../../testing/fake-store"

describe("refund payment", () => {
  async function paid(
    settings: ConstructorParameters<typeof FakeStore>[0],
    amount: string | number = 100
  ) {
    const store = new FakeStore(settings)
    const payment = await store.authorized({ amount })
    if (store.gateway.capture) {
      await store.capture(payment)
    }
    return { store, payment, refunded: () => store.gateway.moved(referenceOf(payment), "refund") }
  }

  const refused = { type: "not_allowed" }

  describe("refundPayment", () => {
    it.each(["full", "single_partial", "multiple_partial"] as const)(
      "gives back 111.99 for a total of 111.9888 (refunds %s)",
      async (refund) => {
        const { store, payment, refunded } = await paid({ refund }, "111.9888")
        await store.refund(payment)
        expect(refunded()).toEqual(["111.99"])
        expect(payment.data.status).toBe("refunded")
        expect(await store.order(payment)).toMatchObject({ state: "refunded" })
      }
    )

    it("gives back the rest of a total with four places, to the last centavo", async () => {
      const { store, payment, refunded } = await paid({}, "111.9888")
      await store.refund(payment, "11.99")
      expect(payment.data.status).toBe("partially_refunded")
      await store.refund(payment, "99.9988")
      expect(refunded()).toEqual(["11.99", "100.00"])
      expect(payment.data.status).toBe("refunded")
    })

    it.each(["0.01", "99.99", 12.5, "1e1"])("gives back the part %s exactly", async (amount) => {
      const { store, payment, refunded } = await paid({})
      await store.refund(payment, amount)
      expect(refunded()).toEqual([Number(amount).toFixed(2)])
    })

    it.each([
      ["php", "100", "1.001"],
      ["krw", "100", "1.5"],
      ["kwd", "100", "1.0005"],
    ])("refuses a typed amount with too many places in %s", async (currency, amount, typed) => {
      const store = new FakeStore()
      const payment = await store.authorized({ amount, currency })
      await expect(store.refund(payment, typed)).rejects.toMatchObject({
        type: "invalid_data",
        message: expect.stringContaining(typed),
      })
      expect(store.gateway.callsOf("refund")).toEqual([])
    })

    it.each([0, -1, "NaN"])("refuses to give back %s, in words for people", async (amount) => {
      const { store, payment } = await paid({})
      const context = { idempotency_key: "ref_1" }
      const call = store.provider.refundPayment({ data: payment.data, amount, context })
      await expect(call).rejects.toMatchObject({ type: "invalid_data" })
      expect(store.gateway.callsOf("refund")).toEqual([])
    })

    it("says what the shop can do where the gateway has no refunds", async () => {
      const { store, payment } = await paid({ refund: "none" })
      await expect(store.refund(payment)).rejects.toMatchObject({
        ...refused,
        message: expect.stringContaining(store.gateway.refundAdvice),
      })
    })

    it("refuses a part where only all can be given back, and says how much can be", async () => {
      const { store, payment } = await paid({ refund: "full" })
      await expect(store.refund(payment, 30)).rejects.toMatchObject({
        ...refused,
        message: expect.stringMatching(/100\.00 PHP can be refunded/),
      })
      expect(store.gateway.callsOf("refund")).toEqual([])
    })

    it("refuses a second refund where the gateway makes one only", async () => {
      const { store, payment, refunded } = await paid({ refund: "single_partial" })
      await store.refund(payment, 30)
      await expect(store.refund(payment, 30)).rejects.toMatchObject({
        ...refused,
        message: expect.stringMatching(/only once/),
      })
      await expect(store.refund(payment, 70)).rejects.toMatchObject(refused)
      expect(refunded()).toEqual(["30.00"])
    })

    it("makes two refunds of the same amount where Medusa keeps both", async () => {
      const { store, payment, refunded } = await paid({})
      await store.refund(payment, 30)
      await store.refund(payment, 30)
      expect(refunded()).toEqual(["30.00", "30.00"])
    })

    it("refuses more than is left", async () => {
      const { store, payment, refunded } = await paid({})
      await store.refund(payment, 60)
      await expect(store.refund(payment, "40.01")).rejects.toMatchObject(refused)
      expect(refunded()).toEqual(["60.00"])
    })

    it("gives back no more than was captured in part", async () => {
      const store = new FakeStore({ capture: "multiple_partial" })
      const payment = await store.authorized()
      await store.capture(payment, 60)
      await expect(store.refund(payment, 100)).rejects.toMatchObject(refused)
      await store.refund(payment, 60)
      expect(store.gateway.moved(referenceOf(payment), "refund")).toEqual(["60.00"])
      expect(payment.data.status).toBe("refunded")
    })

    it("refuses a payment that was never paid", async () => {
      const store = new FakeStore()
      const payment = store.addPayment(await store.createSession())
      await expect(store.refund(payment)).rejects.toMatchObject(refused)
      expect(store.gateway.callsOf("refund")).toEqual([])
    })

    it("refuses a payment of another provider", async () => {
      const { store, payment } = await paid({})
      const call = store.other.refundPayment({ data: payment.data, amount: 10 })
      await expect(call).rejects.toMatchObject(refused)
    })

    describe("when the gateway fails", () => {
      it("passes on its code, its words and our reference, and can be tried again", async () => {
        const { store, payment, refunded } = await paid({})
        store.gateway.failNext("refund", {
          outcome: "declined",
          code: "E9",
          gatewayMessage: "not today",
        })
        await expect(store.refund(payment, 30)).rejects.toMatchObject({
          ...refused,
          message: expect.stringMatching(/E9: not today.*no money moved/),
        })
        await store.refund(payment, 30)
        expect(refunded()).toEqual(["30.00"])
      })

      it("takes a refund as made that was refused because somebody on the way had sent it twice", async () => {
        const { store, payment, refunded } = await paid({})
        store.gateway.failNext("refund", { outcome: "declined", acts: true, code: "E7" })
        await store.refund(payment, 30)
        expect(refunded()).toEqual(["30.00"])
        const [refund] = await store.journal.operationsOfOrder(referenceOf(payment), "refund")
        expect(refund?.state).toBe("done")
      })

      it("asks nothing about a refund that was never sent", async () => {
        const { store, payment } = await paid({})
        store.gateway.failNext("refund", { outcome: "not_sent" })
        await expect(store.refund(payment, 30)).rejects.toMatchObject(refused)
        expect(store.gateway.callsOf("ask refund")).toEqual([])
      })

      it.each([true, false])(
        "asks before it sends again, under the same reference (the gateway acted: %s)",
        async (acts) => {
          const { store, payment, refunded } = await paid({})
          store.gateway.failNext("refund", { outcome: "unknown", acts })
          await expect(store.refund(payment, 30)).rejects.toMatchObject(refused)
          await store.refund(payment, 30)
          expect(refunded()).toEqual(["30.00"])
          expect(store.gateway.callsOf("ask refund")).toHaveLength(1)
          expect(new Set(store.gateway.callsOf("refund").map((call) => call.reference)).size).toBe(
            1
          )
        }
      )

      it("asks as well after a fault of our own in the middle of the call", async () => {
        const { store, payment, refunded } = await paid({})
        store.gateway.failNext("refund", { outcome: "bug", acts: true })
        await expect(store.refund(payment, 30)).rejects.toMatchObject(refused)
        await store.refund(payment, 30)
        expect(refunded()).toEqual(["30.00"])
      })

      it("treats accepted but not final as unknown until the gateway says done", async () => {
        const { store, payment, refunded } = await paid({})
        store.gateway.operationAnswer = { outcome: "unknown", code: "PROCESSING" }
        store.gateway.askAnswer = { outcome: "unknown" }
        await expect(store.refund(payment, 30)).rejects.toMatchObject(refused)
        await expect(store.refund(payment, 30)).rejects.toMatchObject(refused)
        store.gateway.askAnswer = { outcome: "done" }
        await store.refund(payment, 30)
        expect(refunded()).toEqual(["30.00"])
      })

      it("refuses another amount while the outcome of one is not known", async () => {
        const { store, payment } = await paid({})
        store.gateway.failNext("refund", { outcome: "unknown", acts: true })
        await expect(store.refund(payment, 30)).rejects.toMatchObject(refused)
        await expect(store.refund(payment, 20)).rejects.toMatchObject({
          ...refused,
          message: expect.stringMatching(/30\.00 PHP/),
        })
        expect(store.gateway.callsOf("refund")).toHaveLength(1)
      })

      it.each(["not_sent", "declined", "unknown", "bug"] as const)(
        "leaves a refund unknown where the question about it ends as %s",
        async (outcome) => {
          const { store, payment, refunded } = await paid({})
          store.gateway.failNext("refund", { outcome: "unknown", acts: true })
          await expect(store.refund(payment, 30)).rejects.toMatchObject(refused)
          store.gateway.failNext("ask refund", { outcome })
          await expect(store.refund(payment, 30)).rejects.toMatchObject(refused)
          await store.refund(payment, 30)
          expect(refunded()).toEqual(["30.00"])
        }
      )

      it("leaves a refund unknown where its repeat, which the gateway would refuse to make twice, was never sent", async () => {
        const { store, payment } = await paid({})
        store.gateway.failNext(
          "refund",
          { outcome: "unknown", acts: true },
          { outcome: "not_sent" }
        )
        store.gateway.askAnswer = { outcome: "may_repeat" }
        await expect(store.refund(payment, 30)).rejects.toMatchObject(refused)
        await expect(store.refund(payment, 30)).rejects.toMatchObject(refused)
        const [refund] = await store.journal.operationsOfOrder(referenceOf(payment), "refund")
        expect(refund?.state).toBe("unknown")
      })
    })

    it("makes one of two refunds that are asked for at once, and tells the other to wait", async () => {
      const { store, payment, refunded } = await paid({})
      const letGo = store.gateway.hold("refund")
      const first = store.refund(payment, 100)
      const second = store.refund(payment, 100)
      await expect(second).rejects.toMatchObject({
        ...refused,
        message: expect.stringMatching(/under way/),
      })
      letGo()
      await first
      expect(refunded()).toEqual(["100.00"])
    })

    it("takes a refund as made whose row Medusa lost after the gateway made it", async () => {
      const { store, payment, refunded } = await paid({})
      await store.refund(payment, 30)
      store.refunds.length = 0
      await store.refund(payment, 30)
      expect(refunded()).toEqual(["30.00"])
      expect(store.said("info")).toMatch(/nothing was sent again/)
    })

    it("answers a repeat under the same refund of Medusa's without sending it again", async () => {
      const { store, payment, refunded } = await paid({})
      await store.refund(payment, 30)
      const context = { idempotency_key: store.refunds[0]?.id }
      await store.provider.refundPayment({ data: payment.data, amount: 30, context })
      expect(refunded()).toEqual(["30.00"])
    })

    it("takes over a refund whose process died before the answer, once its time is up", async () => {
      const { store, payment, refunded } = await paid({})
      store.gateway.hold("refund")
      void store.refund(payment, 30).catch(() => undefined)
      await expect(store.refund(payment, 30)).rejects.toMatchObject(refused)
      store.waitOutLeases()
      store.gateway.askAnswer = { outcome: "done" }
      await store.refund(payment, 30)
      expect(refunded()).toEqual([])
    })
  })
})

describe("refund blocker", () => {
  async function paid(settings: ConstructorParameters<typeof FakeStore>[0] = {}) {
    const store = new FakeStore(settings)
    const payment = await store.authorized({ amount: 100 })
    const context = gatewayContext(
      { gateway: store.gateway },
      {
        journal: store.journal,
        log: recordingLogger(() => undefined),
        announce: async () => undefined,
      }
    )
    const existing = async (ids: string[]) =>
      store.refunds.map(({ id }) => id).filter((id) => ids.includes(id))
    const order = async () => {
      const found = await store.journal.findOrder(referenceOf(payment))
      if (!found) {
        throw new Error("The payment has no order")
      }
      return found
    }
    return {
      store,
      payment,
      record: async (amount: BigNumberInput) =>
        await recordRefundElsewhere(context, {
          order: await order(),
          amount,
          keep: async () => undefined,
        }),
      blocker: async (amount: BigNumberInput) =>
        await refundBlocker(context, { order: await order(), amount, existing }),
    }
  }

  describe("refundBlocker", () => {
    it.each(["full", "single_partial", "multiple_partial"] as const)(
      "has nothing against all of a payment where refunds are %s",
      async (refund) => {
        const { blocker, store } = await paid({ refund })
        expect(await blocker(100)).toBeUndefined()
        expect(store.gateway.callsOf("refund")).toEqual([])
      }
    )

    it("names the gateway that has no refunds, until the money was given back another way", async () => {
      const { blocker, record, store, payment } = await paid({ refund: "none" })
      expect(await blocker(100)).toMatch(/has no refunds.*refunded elsewhere/)
      await record(40)
      expect(await blocker(100)).toMatch(/has no refunds/)
      expect(await blocker(40)).toBeUndefined()
      await store.refund(payment, 40)
      expect(await blocker(40)).toMatch(/has no refunds/)
    })

    it("is against a refund while the outcome of another is not known, and after it was settled for it", async () => {
      const { blocker, record, store, payment } = await paid()
      store.gateway.failNext("refund", { outcome: "unknown" })
      await expect(store.refund(payment)).rejects.toThrow()
      expect(await blocker(100)).toMatch(/outcome of an earlier refund of 100\.00 .* is not known/)
      await record(100)
      expect(await blocker(100)).toBeUndefined()
    })

    it("is against a refund that the gateway refused the last time, in its words", async () => {
      const { blocker, store, payment } = await paid()
      store.gateway.failNext("refund", { outcome: "declined" })
      await expect(store.refund(payment)).rejects.toThrow()
      expect(await blocker(100)).toMatch(/refused the last refund/)
    })

    it("is against a part where only all can be refunded", async () => {
      const { blocker } = await paid({ refund: "full" })
      expect(await blocker(60)).toMatch(/only refund a payment as a whole, which is 100\.00/)
    })

    it("is against a second refund where the gateway makes one only", async () => {
      const { blocker, store, payment } = await paid({ refund: "single_partial" })
      await store.refund(payment, 30)
      expect(await blocker(70)).toMatch(/only once, and did/)
    })
  })
})
