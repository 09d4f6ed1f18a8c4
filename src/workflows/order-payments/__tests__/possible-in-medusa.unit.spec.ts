import { FakeStore } from "../../../testing/fake-store"
import type { PaymentRow } from "../../medusa-payments"
import {
  captureInMedusa,
  type MedusaFacts,
  refundInMedusa,
  voidInMedusa,
} from "../possible-in-medusa"

type Settings = ConstructorParameters<typeof FakeStore>[0]

/** A paid payment of 111.9888, which the gateway counts as 111.99, as Medusa and the journal have it. */
async function factsOf(settings: Settings = {}): Promise<MedusaFacts> {
  const store = new FakeStore(settings)
  const payment = await store.authorized({ amount: "111.9888" })
  const order = await store.order(payment)
  const operations = await store.journal.operationsOfOrder(order.reference)
  const captures = store.gateway.capture ? [] : [row("capt_1", "111.9888")]
  return {
    gateway: store.gateway,
    order,
    operations,
    payment: { ...medusas, id: payment.id, captures },
    orderStatus: "pending",
    now: new Date("2031-01-01T00:00:00Z"),
  }
}

const medusas: PaymentRow = {
  id: "pay_1",
  provider_id: FakeStore.providerId,
  payment_collection_id: "pay_col_1",
  amount: 111.9888,
  raw_amount: { value: "111.9888", precision: 20 },
  refunds: [],
}

function row(id: string, value: string) {
  return {
    id,
    amount: Number(value),
    raw_amount: { value, precision: 20 },
    created_at: new Date(0),
  }
}

describe("what is possible on an order's page", () => {
  describe("as a refund", () => {
    it.each([
      ["full", { extent: "whole", is_once: false }],
      ["single_partial", { extent: "part", is_once: true }],
      ["multiple_partial", { extent: "part", is_once: false }],
    ] as const)("is all of it in Medusa's own decimals (%s)", async (refund, told) => {
      expect(refundInMedusa(await factsOf({ refund }))).toMatchObject({
        ...told,
        amount: "111.99",
        amount_in_medusa: "111.9888",
      })
    })

    it("is no more than Medusa has left", async () => {
      const facts = await factsOf()
      const payment = { ...medusas, captures: [row("capt_1", "60")] }
      expect(refundInMedusa({ ...facts, payment })).toMatchObject({
        extent: "part",
        amount: "60.00",
        amount_in_medusa: "60",
      })
    })

    it.each([
      ["Medusa has no payment", { payment: undefined }, "no_payment"],
      [
        "its payment is canceled",
        { payment: { ...medusas, canceled_at: "2030" } },
        "payment_canceled",
      ],
      ["its order is canceled", { orderStatus: "canceled" }, "order_canceled"],
      ["Medusa has captured nothing", { payment: medusas }, "not_booked"],
    ])("is none where %s", async (_what, change, reason) => {
      expect(refundInMedusa({ ...(await factsOf()), ...change })).toMatchObject({
        extent: "none",
        amount: null,
        amount_in_medusa: null,
        reason,
        without_sending: [],
      })
    })

    it("is refused for the gateway's own reason first", async () => {
      const facts = await factsOf({ refund: "none" })
      const canceled = { ...facts, orderStatus: "canceled" }
      expect(refundInMedusa(canceled)).toMatchObject({ reason: "no_refunds" })
      expect(refundInMedusa({ ...facts, payment: undefined })).toMatchObject({
        reason: "no_refunds",
      })
    })
  })

  describe("as a capture", () => {
    it("is all that is reserved, in Medusa's own decimals", async () => {
      expect(captureInMedusa(await factsOf({ capture: "single_partial" }))).toMatchObject({
        extent: "part",
        is_once: true,
        amount: "111.99",
        amount_in_medusa: "111.9888",
      })
    })

    it("is written into the books alone where the gateway took the money with the payment", async () => {
      const facts = await factsOf()
      expect(captureInMedusa(facts)).toMatchObject({
        reason: "automatic_capture",
        without_sending: [],
      })
      expect(captureInMedusa({ ...facts, payment: medusas })).toMatchObject({
        reason: "automatic_capture",
        without_sending: ["111.99"],
      })
    })
  })

  describe("as a void", () => {
    it("is the whole reservation of a payment that Medusa still has", async () => {
      const facts = await factsOf({ capture: "full", voids: true })
      expect(voidInMedusa(facts)).toMatchObject({ extent: "whole", amount: "111.99" })
      expect(voidInMedusa({ ...facts, payment: undefined })).toMatchObject({ reason: "no_payment" })
    })
  })
})
