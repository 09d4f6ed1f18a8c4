import { asValue } from "@medusajs/framework/awilix"
import { ContainerRegistrationKeys, createMedusaContainer } from "@medusajs/framework/utils"
import {
  createJournalDatabase,
  type JournalDatabase,
  newOrder,
} from "../../../modules/payment-journal/__tests__/fixtures"
import { PostgresJournal } from "../../../modules/payment-journal/repositories/journal"
import { TillSales } from "../../../modules/payment-journal/repositories/till-sales"
import { finishPaidSales } from "../finish-sale"

describe("finishing the sales that were paid", () => {
  let database: JournalDatabase

  beforeAll(async () => {
    database = await createJournalDatabase()
  })

  afterAll(async () => {
    await database?.drop()
  })

  it("goes on with the others where one can't be finished, says so, and puts it behind them", async () => {
    const connection = database.connect(4)
    const journal = new PostgresJournal(connection)
    const longAgo = new Date(Date.now() - 3_600_000)
    const sales = new TillSales(connection, () => longAgo)
    const ids: string[] = []
    for (const name of ["first", "second"]) {
      const { order } = await journal.openOrder(newOrder())
      await journal.changeOrder(order.reference, { state: "open" })
      await journal.changeOrder(order.reference, { state: "paid" })
      const { id } = await sales.open({
        idempotency_key: name,
        provider_id: "pp_kess_till",
        order_id: `order_${name}`,
        is_own_draft: true,
        opened_by: "user_1",
      })
      await sales.noteSession(id, order.session_id)
      ids.push(id)
    }
    const error = jest.fn()
    const container = createMedusaContainer()
    // Without Medusa's modules nothing can be finished: each throws.
    container.register(ContainerRegistrationKeys.PG_CONNECTION, asValue(connection))
    container.register(ContainerRegistrationKeys.LOGGER, asValue({ error }))

    await finishPaidSales(container)
    const told = error.mock.calls.map(([line]) => String(line))
    expect(told).toHaveLength(2)
    for (const id of ids) {
      expect(told.filter((line) => line.startsWith(`The sale ${id} of order `))).toHaveLength(1)
      const sale = await sales.find(id)
      expect(sale?.updated_at.getTime()).toBeGreaterThan(longAgo.getTime())
    }
  })
})
