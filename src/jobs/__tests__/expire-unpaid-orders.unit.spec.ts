import { newOrder } from "../../modules/payment-journal/__tests__/fixtures"
import { MemoryJournal } from "../../testing/memory-journal"
import expireUnpaidOrders from "../expire-unpaid-orders"

const mockExpire = jest.fn(async (_: { input: { session_id: string } }) => ({
  errors: [] as { error: Error }[],
}))
jest.mock("../../workflows", () => ({ expireOrderWorkflow: () => ({ run: mockExpire }) }))
/** The connection in these tests is the journal itself. */
jest.mock("../../modules/payment-journal/repositories/journal", () => ({
  PostgresJournal: function (journal: object) {
    return journal
  },
}))
jest.mock("../../providers/registry", () => ({
  journalOf: (container: { resolve: (key: string) => unknown }) =>
    container.resolve("__pg_connection__"),
  configuredProviderIds: () => [mockProviderId],
}))

const mockProviderId = newOrder().provider_id
const anHour = 3_600_000

beforeEach(() => {
  mockExpire.mockReset()
  mockExpire.mockImplementation(async () => ({ errors: [] }))
})

describe("orders that wait for their payment", () => {
  const journal = new MemoryJournal()
  /** Medusa's sessions that await their payment. */
  const waiting = new Set<string>()

  const registered: Record<string, unknown> = {
    logger: { warn: () => undefined },
    configModule: {},
    __pg_connection__: journal,
    query: {
      graph: async ({ filters }: { filters: { id: string } }) => ({
        data: [
          {
            id: filters.id,
            status: waiting.has(filters.id) ? "pending_authorization" : "canceled",
          },
        ],
      }),
    },
  }
  const container = Object.assign(Object.create(null), {
    resolve: (key: string) => registered[key],
  })

  async function placed(expires_at: Date): Promise<string> {
    const order = newOrder()
    await journal.openOrder(order)
    await journal.changeOrder(order.reference, { state: "open", expires_at })
    await journal.noteAwaitingPayment(order.reference)
    waiting.add(order.session_id)
    return order.session_id
  }

  const ended = () => mockExpire.mock.calls.map(([{ input }]) => input.session_id)

  it("are ended in their time, however many can't be ended yet", async () => {
    for (let count = 0; count < 450; count += 1) {
      await placed(new Date(Date.now() + anHour))
    }
    const over = await placed(new Date(Date.now() - anHour))
    await expireUnpaidOrders(container)
    expect(ended()).toEqual([over])
  })

  it("are all ended where there are many", async () => {
    for (let count = 0; count < 450; count += 1) {
      await placed(new Date(Date.now() - anHour))
    }
    mockExpire.mockImplementation(async ({ input }) => {
      waiting.delete(input.session_id)
      return { errors: [] }
    })
    await expireUnpaidOrders(container)
    expect(ended()).toHaveLength(450)
  })

  it("are left alone where Medusa waits for them no more, and are not looked at again", async () => {
    waiting.delete(await placed(new Date(Date.now() - anHour)))
    await expireUnpaidOrders(container)
    expect(ended()).toEqual([])
    expect(
      await journal.claimOverdueOrders({
        providerIds: [mockProviderId],
        graceMs: 0,
        intervalMs: 0,
        limit: 1_000,
      })
    ).toHaveLength(1) // the first test's, which its workflow did not end
  })
})
