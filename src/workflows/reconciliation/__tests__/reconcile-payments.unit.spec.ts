import type { GatewayOrder } from "../../../modules/payment-journal/gateway-order"
import { newOrder } from "../../../modules/payment-journal/__tests__/fixtures"
import { MemoryJournal } from "../../../testing/memory-journal"
import { reconcileOrder } from "../reconcile-order"
import { startReconciliation } from "../reconcile-payments"

const mockProviderId = newOrder().provider_id
const mockLog = { info: jest.fn(), warn: jest.fn(), error: jest.fn(), debug: jest.fn() }
let mockJournal: MemoryJournal

jest.mock("../../../providers/registry", () => ({
  configuredProviderIds: () => [mockProviderId],
  gatewayContextOf: () => ({ context: { journal: mockJournal, log: mockLog } }),
}))
jest.mock("../../../modules/payment-journal/repositories/runs", () => ({
  nothingCounted: { checked: 0, errors: 0 },
  ReconciliationRuns: function () {
    return { begin: async () => "run", count: async () => undefined, end: async () => undefined }
  },
}))
jest.mock("../../../modules/payment-journal/repositories/shared-gateway-state", () => ({
  GatewayPaces: function () {
    return { reserve: async () => 0 }
  },
}))
jest.mock("../reconcile-operation", () => ({ reconcileOperation: jest.fn() }))
jest.mock("../reconcile-order", () => ({ reconcileOrder: jest.fn() }))
jest.mock("../chargebacks", () => ({ checkChargebacks: async () => undefined }))
jest.mock("../ledger-check", () => ({ checkLedger: async () => undefined }))
jest.mock("../../exceptions/unmatched-payments", () => ({
  announceUnannounced: async () => undefined,
}))
jest.mock("../../orphan-orders/review-orphan-orders", () => ({
  reviewOrphanOrders: async () => undefined,
}))
jest.mock("../../till/finish-sale", () => ({ finishPaidSales: async () => undefined }))

const container = Object.assign(Object.create(null), {
  resolve: (name: string) => (name === "logger" ? mockLog : {}),
})

describe("a run for some of the shop's providers", () => {
  it("leaves what is due of the others alone", async () => {
    let now = Date.now() - 3_600_000
    mockJournal = new MemoryJournal({ now: () => new Date(now) })
    await mockJournal.openOrder(newOrder())
    now = Date.now()
    jest.mocked(reconcileOrder).mockResolvedValue({ count: null, next: null })
    const others = await startReconciliation(container, { providerIds: ["pp_other"] })
    expect(await others.ended).toMatchObject({ checked: 0 })
    const own = await startReconciliation(container, { providerIds: [mockProviderId] })
    expect(await own.ended).toMatchObject({ checked: 1 })
  })
})

describe("a row whose check breaks off", () => {
  it("keeps no other from being asked about, and waits its time", async () => {
    let now = Date.now() - 3_600_000
    mockJournal = new MemoryJournal({ now: () => new Date(now) })
    const [broken, other] = [newOrder(), newOrder()]
    await mockJournal.openOrder(broken)
    await mockJournal.openOrder(other)
    now = Date.now()
    const checked: string[] = []
    jest.mocked(reconcileOrder).mockImplementation(async (_, __, { reference }: GatewayOrder) => {
      checked.push(reference)
      if (reference === broken.reference) {
        throw new Error("Medusa's row can't be read")
      }
      await mockJournal.scheduleOrderCheck(reference, null)
      return { count: null, next: null }
    })
    const limits = { batch: 2, concurrency: 1, perSecond: 1_000 }
    const { ended } = await startReconciliation(container, { limits })
    expect(await ended).toMatchObject({ checked: 2, errors: 1 })
    expect(checked.sort()).toEqual([broken.reference, other.reference].sort())
    const row = await mockJournal.findOrder(broken.reference)
    expect(row?.next_check_at?.getTime()).toBeGreaterThan(Date.now() + 9 * 60_000)
    expect(mockLog.error.mock.calls.join()).toContain("Medusa's row can't be read")
  })
})
