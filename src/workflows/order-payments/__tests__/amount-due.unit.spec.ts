import type { MedusaContainer } from "@medusajs/framework/types"
import { amountDue } from "../amount-due"

/** One gateway that captures a payment a single time; whoever else the shop has is not of this package. */
jest.mock("../../../providers/registry", () => ({
  gatewayContextOf: (_: unknown, id: string) =>
    id === "pp_once_once"
      ? { context: { gateway: { capabilities: { capture: "single_partial" } } } }
      : undefined,
}))

type Payment = {
  amount: number
  captured?: number[]
  canceled_at?: string
  provider_id?: string
}

/** A store with one order of which 100 are not paid, as far as Medusa has booked captures. */
function store(payments: Payment[], order: Record<string, unknown> = {}): MedusaContainer {
  const rows = payments.map(({ amount, captured = [], ...payment }) => ({
    provider_id: "pp_acme_acme",
    canceled_at: null,
    ...payment,
    amount,
    raw_amount: { value: String(amount), precision: 20 },
    captures: captured.map((value) => ({ amount: value })),
  }))
  const row = {
    id: "order_1",
    status: "pending",
    currency_code: "eur",
    customer_id: "cus_1",
    email: "anna@example.com",
    summary: { pending_difference: 100 },
    payment_collections: [null, { payments: rows }],
    ...order,
  }
  const registered: Record<string, unknown> = {
    query: { graph: async () => ({ data: [row] }) },
  }
  return Object.assign(Object.create(null), { resolve: (key: string) => registered[key] })
}

const due = async (container: MedusaContainer, amount?: number) =>
  (await amountDue(container, "order_1", amount)).amount

describe("what can be asked for an order", () => {
  it("is all that is due, where no amount is named", async () => {
    expect(await due(store([]))).toBe(100)
  })

  it("is not more than is due", async () => {
    await expect(due(store([]), 100.01)).rejects.toThrow(/100.01 EUR can't be asked.*100 are due/)
  })

  it("is nothing while all of it is reserved and not captured yet", async () => {
    await expect(due(store([{ amount: 100 }]))).rejects.toThrow(/100 are reserved/)
  })

  it("is what a reservation leaves open", async () => {
    const reserved = store([{ amount: 60.5 }])
    expect(await due(reserved)).toBe(39.5)
    await expect(due(reserved, 40)).rejects.toThrow(/39.5 are due, and 60.5 are reserved/)
  })

  it("counts of a payment that was captured in part what can still be captured", async () => {
    expect(await due(store([{ amount: 80, captured: [20, 30] }]))).toBe(70)
  })

  it("counts nothing of the rest where the gateway captures only once", async () => {
    const captured = { amount: 80, captured: [20], provider_id: "pp_once_once" }
    expect(await due(store([captured]))).toBe(100)
    expect(await due(store([{ ...captured, captured: [] }]))).toBe(20)
  })

  it("counts nothing of what was captured in full or canceled", async () => {
    expect(
      await due(
        store([
          { amount: 80, captured: [80] },
          { amount: 90, canceled_at: "2030-01-01T00:00:00Z" },
        ])
      )
    ).toBe(100)
  })

  it("is nothing for an order that was canceled", async () => {
    await expect(due(store([], { status: "canceled" }))).rejects.toThrow(/which is canceled/)
  })
})
