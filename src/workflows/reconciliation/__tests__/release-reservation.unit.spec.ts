import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { PaymentState } from "../../payment/payment-of-session"
import { releaseReservation } from "../release-reservation"

const order = { session_id: "payses_1", attached_session_id: null }

type Row = {
  id: string
  canceled_at: Date | null
  captures: { id: string }[]
  payment_collection: { order: { status: string } | null } | null
}

const left: Row = {
  id: "pay_1",
  canceled_at: null,
  captures: [],
  payment_collection: { order: { status: "canceled" } },
}

/** Whether it was found to cancel, and which payments Medusa was told to cancel. */
async function released(state: PaymentState | null, row: Row | undefined, refuses = false) {
  const canceled: string[] = []
  const payment = {
    cancelPayment: async (id: string) => {
      if (refuses) {
        throw new Error("whether the reversal was made is not known yet")
      }
      canceled.push(id)
    },
  }
  const query = { graph: async () => ({ data: row ? [row] : [] }) }
  const container: MedusaContainer = Object.assign(Object.create(null), {
    resolve: (key: string) => (key === Modules.PAYMENT ? payment : query),
  })
  return { found: await releaseReservation(container, order, state), canceled }
}

describe("what is reserved for an order that was canceled", () => {
  it.each(["authorized", "canceled"] as const)(
    "is given back the way that core could not (%s)",
    async (state) => {
      expect(await released(state, left)).toEqual({ found: true, canceled: ["pay_1"] })
    }
  )

  it("stays to be tried again while the gateway does not give it back", async () => {
    await expect(released("authorized", left, true)).rejects.toThrow(/not known yet/)
  })

  it.each([
    "paid",
    "pending",
    "failed",
    "expired",
    "refunded",
    "chargeback",
    "mismatch",
    null,
  ] as const)("is left alone where the gateway says %s", async (state) => {
    expect(await released(state, left)).toEqual({ found: false, canceled: [] })
  })

  it.each<[string, Row | undefined]>([
    ["an order that stands", { ...left, payment_collection: { order: { status: "pending" } } }],
    ["no order yet", { ...left, payment_collection: { order: null } }],
    ["no payment of Medusa's", undefined],
    ["a payment that was canceled", { ...left, canceled_at: new Date(0) }],
    ["a payment that was captured", { ...left, captures: [{ id: "capt_1" }] }],
  ])("is not touched for %s", async (_what, row) => {
    expect(await released("authorized", row)).toEqual({ found: false, canceled: [] })
  })
})
