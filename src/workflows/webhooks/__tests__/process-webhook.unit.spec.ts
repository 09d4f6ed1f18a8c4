import type { MedusaContainer } from "@medusajs/framework/types"
import type { WebhookEventRow } from "../../../modules/payment-journal/repositories/inbox"
import type { TransferState } from "../../../modules/payout/domain/state"
import { leaseKeys } from "../../leases"
import { leaseKeyOf, type SettledEvent, settleEvent } from "../process-webhook"

const payout = "P01J9ZC7T4M8W2X3Y5V6B7N8PQR"
const order = "01J9ZC7T4M8W2X3Y5V6B7N8PQR0"

const mockSettle = jest.fn()
jest.mock("../../payments/settle-payment", () => ({
  settleAndBook: async (...given: unknown[]) => await mockSettle(...given),
}))
/** The keys that are held at this moment. */
const mockHeld = new Set<string>()
const mockOptions = jest.fn()
jest.mock("../../leases", () => ({
  ...jest.requireActual("../../leases"),
  withLeaseOf: async (
    _: unknown,
    key: string,
    work: (lease: unknown) => Promise<unknown>,
    options: unknown
  ) => {
    mockHeld.add(key)
    mockOptions(options)
    try {
      return await work({ key })
    } finally {
      mockHeld.delete(key)
    }
  },
}))
const mockOrders: Record<string, { provider_id: string }> = {}
jest.mock("../../../providers/registry", () => ({
  journalOf: () => ({ findOrder: async (reference: string) => mockOrders[reference] }),
}))

beforeEach(() => {
  mockSettle.mockReset().mockResolvedValue({ outcome: "paid", state: "paid" })
  mockOrders[order] = { provider_id: "pp_mocasa_main" }
})

function message(reference: string, provider_id: string): WebhookEventRow {
  const at = new Date(0)
  return {
    id: "gwev_1",
    provider_id,
    event_key: "key",
    reference,
    raw_status: "success",
    gateway_id: null,
    is_later: false,
    session_id: null,
    currency_code: null,
    claimed_amount: null,
    body: null,
    state: "waiting",
    attempts: 1,
    next_try_at: at,
    claimed_until: null,
    outcome: null,
    error: null,
    traceparent: null,
    created_at: at,
    updated_at: at,
  }
}

/** A shop with one transfer, or without payouts at all. */
function shop(transfer?: { provider_id: string; becomes: TransferState }) {
  const asked: unknown[] = []
  const payouts = transfer && {
    findTransfer: async (reference: string) =>
      reference === payout ? { id: "ptrf_1", provider_id: transfer.provider_id } : undefined,
    refreshTransfer: async (...wanted: unknown[]) => {
      asked.push(wanted)
      return { status: transfer.becomes }
    },
  }
  const container: MedusaContainer = Object.assign(Object.create(null), {
    resolve: (key: string) => (key === "payout" ? payouts : undefined),
  })
  return { container, asked }
}

/** What a message came to, as it was noted. */
async function settled(container: MedusaContainer, event: WebhookEventRow) {
  const noted: SettledEvent[] = []
  await settleEvent(container, { event }, async (outcome) => void noted.push(outcome))
  expect(noted).toHaveLength(1)
  return noted[0]
}

describe("a message about a payout", () => {
  it.each(["po_mocasa_payouts", "pp_mocasa_main"])(
    "has its gateway asked, whichever of the gateway's addresses it came to (%s)",
    async (address) => {
      const { container, asked } = shop({ provider_id: "po_mocasa_payouts", becomes: "succeeded" })
      expect(await settled(container, message(payout, address))).toEqual({
        outcome: "succeeded",
        isPending: false,
      })
      expect(asked).toEqual([["ptrf_1", { type: "system", id: "system" }]])
      expect(mockSettle).not.toHaveBeenCalled()
    }
  )

  it.each(["processing", "unknown", "not_found"] as const)(
    "is looked at again while the gateway's own answers leave it %s",
    async (becomes) => {
      const { container } = shop({ provider_id: "po_mocasa_main", becomes })
      expect(await settled(container, message(payout, "po_mocasa_main"))).toEqual({
        outcome: becomes,
        isPending: true,
      })
    }
  )

  it("of another gateway asks nobody", async () => {
    const { container, asked } = shop({ provider_id: "po_cashy_main", becomes: "succeeded" })
    const came = await settled(container, message(payout, "po_mocasa_main"))
    expect(came).toEqual({
      outcome: expect.stringContaining("no such payout"),
      isPending: false,
    })
    expect(asked).toEqual([])
  })

  it("asks nobody in a shop without payouts", async () => {
    const came = await settled(shop().container, message(payout, "pp_mocasa_main"))
    expect(came).toEqual({
      outcome: expect.stringContaining("no such payout"),
      isPending: false,
    })
  })
})

describe("a message about an order", () => {
  it("that came to the address for payouts is worked on with the order's own provider", async () => {
    await settled(shop().container, message(order, "po_mocasa_payouts"))
    expect(mockSettle.mock.calls[0][1]).toMatchObject({
      provider_id: "pp_mocasa_main",
      reference: order,
    })
  })

  it.each([
    ["paid", false],
    ["pending", true],
  ])(
    "that leaves it %s is noted while the payment is held, and by its lease",
    async (state, isPending) => {
      mockSettle.mockResolvedValue({ outcome: state, state })
      const key = leaseKeys.paymentOfReference(order)
      const noted: unknown[] = []
      await settleEvent(
        shop().container,
        { event: message(order, "pp_mocasa_main") },
        async (outcome, lease) => {
          noted.push(outcome, lease, [...mockHeld])
        }
      )
      expect(noted).toEqual([{ outcome: state, isPending }, { key }, [key]])
      expect(mockSettle.mock.calls[0][2]).toEqual({ key })
      expect(mockHeld.size).toBe(0)
    }
  )

  it("is worked on under the lease that was acquired with its claim", async () => {
    const event = message(order, "pp_mocasa_main")
    const lease = {
      key: leaseKeyOf(event) ?? "",
      owner: "receiver",
      askedAt: { wall: 0, steady: 0 },
      wasAbandoned: false,
    }
    expect(lease.key).toBe(leaseKeys.paymentOfReference(order))
    await settleEvent(shop().container, { event, lease }, async () => undefined)
    expect(mockOptions).toHaveBeenLastCalledWith({ acquired: lease })
    expect(leaseKeyOf(message(payout, "pp_mocasa_main"))).toBeUndefined()
  })

  it("of another gateway is not", async () => {
    await settled(shop().container, message(order, "po_cashy_main"))
    expect(mockSettle.mock.calls[0][1]).toMatchObject({ provider_id: "po_cashy_main" })
  })

  it("fails with the words of what failed", async () => {
    mockSettle.mockRejectedValue(new Error("the gateway is away"))
    await expect(settled(shop().container, message(order, "pp_mocasa_main"))).rejects.toThrow(
      "the gateway is away"
    )
  })
})
