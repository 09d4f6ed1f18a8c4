import { newOrder } from "../../modules/payment-journal/__tests__/fixtures"
import { MemoryJournal } from "../../testing/memory-journal"
import expireUnpaidOrders from "../expire-unpaid-orders"

const mockExpire = jest.fn(async (_: unknown) => ({ errors: [] as { error: Error }[] }))
jest.mock("../../workflows", () => ({ expireOrderWorkflow: () => ({ run: mockExpire }) }))
/** The connection in these tests is the journal itself. */
jest.mock("../../modules/payment-journal/repositories/orders", () => ({
  PostgresJournal: function (journal: object) {
    return journal
  },
}))

type Filters = { id?: { $gt: string } }
type Page = { filters: Filters; pagination: { take: number } }

/** Medusa's sessions that await their payment; those that were ended leave the list while it is read. */
function shop(journal: MemoryJournal, waiting: string[]) {
  const registered: Record<string, unknown> = {
    logger: { warn: () => undefined },
    configModule: { modules: { payment: { options: { providers: [] } } } },
    __pg_connection__: journal,
    query: {
      graph: async ({ filters, pagination: { take } }: Page) => ({
        data: [...waiting]
          .sort()
          .filter((id) => id > (filters.id?.$gt ?? ""))
          .slice(0, take)
          .map((id) => ({ id })),
      }),
    },
  }
  return { resolve: (key: string) => registered[key] }
}

async function opened(journal: MemoryJournal, expires_at: Date): Promise<string> {
  const order = newOrder()
  await journal.openOrder(order)
  await journal.changeOrder(order.reference, { state: "open", expires_at })
  return order.session_id
}

const anHour = 3_600_000

beforeEach(() => mockExpire.mockClear())

describe("orders that wait for their payment", () => {
  const run = async (journal: MemoryJournal, waiting: string[]) =>
    await expireUnpaidOrders(Object.assign(Object.create(null), shop(journal, waiting)))

  it("are ended in their time, however many older ones can't be ended yet", async () => {
    const journal = new MemoryJournal()
    const waiting: string[] = []
    for (let count = 0; count < 450; count += 1) {
      waiting.push(await opened(journal, new Date(Date.now() + anHour)))
    }
    const over = await opened(journal, new Date(Date.now() - anHour))
    await run(journal, [...waiting, over])
    expect(mockExpire.mock.calls).toEqual([[{ input: { session_id: over }, throwOnError: false }]])
  })

  it("are all ended where each leaves the list at once", async () => {
    const journal = new MemoryJournal()
    const waiting: string[] = []
    for (let count = 0; count < 450; count += 1) {
      waiting.push(await opened(journal, new Date(Date.now() - anHour)))
    }
    mockExpire.mockImplementation(async () => {
      waiting.shift()
      return { errors: [] }
    })
    await run(journal, waiting)
    expect(mockExpire).toHaveBeenCalledTimes(450)
  })
})
