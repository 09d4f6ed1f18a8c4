import type { BigNumberInput } from "@medusajs/framework/types"
import { gatewayContext, type GatewayContext } from "../context"
import { recordRefundElsewhere } from "../refund-elsewhere"
import { recordingLogger } from "../../../testing/fake-provider"
import { FakeStore, referenceOf, type Payment } from "../../../testing/fake-store"

type Settings = ConstructorParameters<typeof FakeStore>[0]

async function paid(settings: Settings = {}, amount: string | number = 100) {
  const store = new FakeStore(settings)
  const payment = await store.authorized({ amount })
  const context = gatewayContext(
    { gateway: store.gateway },
    {
      journal: store.journal,
      log: recordingLogger(() => undefined),
      announce: async () => undefined,
    }
  )
  const record = async (wanted: BigNumberInput = amount) => await recordOf(context, payment, wanted)
  const sent = () => store.gateway.moved(referenceOf(payment), "refund")
  return { store, payment, record, sent }
}

async function recordOf(context: GatewayContext, payment: Payment, amount: BigNumberInput) {
  const order = await context.journal.findOrder(referenceOf(payment))
  if (!order) {
    throw new Error("The payment has no order")
  }
  const kept: string[] = []
  const operation = await recordRefundElsewhere(context, {
    order,
    amount,
    keep: async ({ state, reference }) => kept.push(`${reference} ${state}`),
  })
  return { operation, kept }
}

const refused = { type: "not_allowed" }

describe("a refund that was made elsewhere", () => {
  it("lets Medusa's refund of it succeed where the gateway has none, once, and sends nothing", async () => {
    const { store, payment, record, sent } = await paid({ refund: "none" })
    await expect(store.refund(payment)).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining("Record it as refunded elsewhere"),
    })
    await record()
    await store.refund(payment)
    expect(payment.data.status).toBe("refunded")
    expect(await store.order(payment)).toMatchObject({ state: "refunded" })
    await expect(store.refund(payment)).rejects.toMatchObject(refused)
    expect(sent()).toEqual([])
    expect(store.refunds).toHaveLength(1)
  })

  it("stands for all of a total with four places", async () => {
    const { store, payment, record } = await paid({ refund: "none" }, "111.9888")
    const { operation } = await record("111.9888")
    expect(operation.amount).toBe("111.99")
    await store.refund(payment)
    expect(payment.data.status).toBe("refunded")
  })

  it("keeps who said it before it counts", async () => {
    const { record } = await paid({ refund: "none" })
    const { kept, operation } = await record()
    expect(kept).toEqual([`${operation.reference} intended`])
    expect(operation).toMatchObject({ state: "done", made_elsewhere: true })
  })

  it("counts when it is a part, and does not stand for another amount", async () => {
    const { store, payment, record } = await paid({ refund: "none" })
    await record(30)
    await expect(store.refund(payment, 40)).rejects.toMatchObject(refused)
    await expect(store.refund(payment, 30)).resolves.toBeUndefined()
    expect(payment.data.status).toBe("partially_refunded")
    await expect(record("70.01")).rejects.toMatchObject(refused)
    await record(70)
    await store.refund(payment, 70)
    expect(payment.data.status).toBe("refunded")
  })

  it("settles a refund whose outcome was not known, and nothing is asked or sent again", async () => {
    const { store, payment, record, sent } = await paid({ refund: "full" })
    store.gateway.failNext("refund", { outcome: "unknown" })
    await expect(store.refund(payment)).rejects.toMatchObject(refused)
    await expect(record(40)).rejects.toMatchObject(refused)
    await record()
    const calls = store.gateway.callsOf("refund").length
    await store.refund(payment)
    expect(store.gateway.callsOf("refund")).toHaveLength(calls)
    expect(sent()).toEqual([])
    expect(await store.journal.operationsOfOrder(referenceOf(payment), "refund")).toHaveLength(1)
  })

  it("keeps the gateway from giving the same money back", async () => {
    const { store, payment, record, sent } = await paid()
    await record(60)
    await expect(store.refund(payment, "40.01")).rejects.toMatchObject(refused)
    await store.refund(payment, 40)
    expect(sent()).toEqual(["40.00"])
    await store.refund(payment, 60)
    expect(sent()).toEqual(["40.00"])
    expect(payment.data.status).toBe("refunded")
  })

  it("is not the one refund of a gateway that makes one only", async () => {
    const { store, payment, record, sent } = await paid({ refund: "single_partial" })
    await record(30)
    await store.refund(payment, 50)
    await expect(store.refund(payment, 20)).rejects.toMatchObject({
      message: expect.stringMatching(/only once/),
    })
    expect(sent()).toEqual(["50.00"])
  })

  it("leaves no part to a gateway that can only refund a payment as a whole", async () => {
    const { store, payment, record, sent } = await paid({ refund: "full" })
    await record(30)
    await expect(store.refund(payment, 70)).rejects.toMatchObject({
      message: expect.stringMatching(/given back another way/),
    })
    await expect(store.refund(payment, 100)).rejects.toMatchObject(refused)
    expect(sent()).toEqual([])
  })

  it("is recorded once when two say it at once", async () => {
    const { store, payment, record } = await paid({ refund: "none" })
    const both = await Promise.allSettled([record(), record()])
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
    expect(await store.journal.operationsOfOrder(referenceOf(payment), "refund")).toHaveLength(1)
  })

  it.each([0, -1, "NaN"])("is refused for %s", async (amount) => {
    const { record } = await paid({ refund: "none" })
    await expect(record(amount)).rejects.toMatchObject({ type: "invalid_data" })
  })
})
