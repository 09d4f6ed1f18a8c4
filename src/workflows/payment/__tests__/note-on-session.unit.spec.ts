import type { MedusaContainer } from "@medusajs/framework/types"
import type { PaymentState } from "../payment-of-session"
import { noteOnSession } from "../note-on-session"

type Row = { status: string; payment?: { id: string } }

const session = {
  id: "payses_1",
  provider_id: "pp_acme_acme",
  amount: 100,
  currency_code: "eur",
  payment_collection_id: "pay_col_1",
}

/** What is written to a session that was read as `status`, and that looks like `now` a moment later. */
async function written(status: string, state: PaymentState, now: Row = { status }) {
  const updates: unknown[] = []
  const payment = {
    retrievePaymentSession: async () => ({ ...session, ...now, data: { reference: "R1" } }),
    updatePaymentSession: async (update: { status: string }) => updates.push(update.status),
  }
  const container: MedusaContainer = Object.assign(Object.create(null), { resolve: () => payment })
  await noteOnSession(container, { ...session, status, hasPayment: false, captureIds: [] }, state)
  return updates
}

describe("what is noted on a payment session", () => {
  it.each([
    ["failed", "error"],
    ["mismatch", "error"],
    ["expired", "canceled"],
    ["canceled", "canceled"],
  ] as const)("of one that waits and is %s is %s", async (state, status) => {
    expect(await written("pending", state)).toEqual([status])
  })

  it.each(["error", "canceled"])("of one that was %s and is paid is pending", async (status) => {
    expect(await written(status, "paid")).toEqual(["pending"])
  })

  it("is nothing for an order that was placed before its payment", async () => {
    expect(await written("pending_authorization", "expired")).toEqual([])
  })

  it.each([
    ["pending", "failed"],
    ["error", "paid"],
  ] as const)(
    "is nothing where somebody else authorized it since it was read as %s",
    async (status, state) => {
      const payment = { id: "pay_1" }
      expect(await written(status, state, { status: "authorized", payment })).toEqual([])
    }
  )
})
