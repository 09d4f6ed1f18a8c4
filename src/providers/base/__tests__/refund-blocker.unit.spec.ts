import type { BigNumberInput } from "@medusajs/framework/types"
import { gatewayContext } from "../context"
import { refundBlocker, recordRefundElsewhere } from "../refund"
import { recordingLogger } from "./made-up-provider"
import { MadeUpStore, referenceOf } from "./made-up-store"

async function paid(settings: ConstructorParameters<typeof MadeUpStore>[0] = {}) {
  const store = new MadeUpStore(settings)
  const payment = await store.authorized({ amount: 100 })
  const context = gatewayContext(
    { gateway: store.gateway, options: { allowedReturnOrigins: [], timeoutMs: 1_000 } },
    {
      journal: store.journal,
      log: recordingLogger(() => undefined),
      announce: async () => undefined,
    }
  )
  const living = async (ids: string[]) =>
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
      await refundBlocker(context, { order: await order(), amount, living }),
  }
}

describe("refundBlocker", () => {
  it.each(["full", "once", "partial"] as const)(
    "has nothing against all of a payment where refunds are %s",
    async (refunds) => {
      const { blocker, store } = await paid({ refunds })
      expect(await blocker(100)).toBeUndefined()
      expect(store.gateway.callsOf("refund")).toEqual([])
    }
  )

  it("names the gateway that has no refunds, until the money was given back another way", async () => {
    const { blocker, record, store, payment } = await paid({ refunds: "none" })
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
    const { blocker } = await paid({ refunds: "full" })
    expect(await blocker(60)).toMatch(/only refund a payment as a whole, which is 100\.00/)
  })

  it("is against a second refund where the gateway makes one only", async () => {
    const { blocker, store, payment } = await paid({ refunds: "once" })
    await store.refund(payment, 30)
    expect(await blocker(70)).toMatch(/only once, and did/)
  })
})
