import type { MedusaContainer } from "@medusajs/framework/types"
import { asValue } from "@medusajs/framework/awilix"
import {
  ContainerRegistrationKeys,
  createMedusaContainer,
  MedusaError,
} from "@medusajs/framework/utils"
import {
  createJournalDatabase,
  type JournalDatabase,
  newException,
  newOrder,
} from "../../../modules/payment-journal/__tests__/fixtures"
import { PostgresExceptions } from "../../../modules/payment-journal/repositories/exceptions"
import { systemActor } from "../../../shared/audit-line"
import { takeFor } from "../take-exception"

describe("taking a payment exception to decide about it", () => {
  let database: JournalDatabase
  let exceptions: PostgresExceptions
  let container: MedusaContainer

  beforeAll(async () => {
    database = await createJournalDatabase()
    const connection = database.connect(2)
    exceptions = new PostgresExceptions(connection)
    container = createMedusaContainer()
    container.register(ContainerRegistrationKeys.PG_CONNECTION, asValue(connection))
  })

  afterAll(async () => {
    await database?.drop()
  })

  async function listed(): Promise<string> {
    const { payment } = await exceptions.note(newException(newOrder().reference, {}))
    return payment.id
  }

  it("holds it for a person, and names them to whoever comes next", async () => {
    const id = await listed()
    expect(await takeFor(container, id, "user_1")).toMatchObject({ id, taken_by: "user_1" })
    await expect(takeFor(container, id, "user_2")).rejects.toMatchObject({
      type: MedusaError.Types.CONFLICT,
      message: expect.stringContaining("user_1 is at it"),
    })
  })

  it("holds nothing for the shop itself, which keeps off what a person is at", async () => {
    const id = await listed()
    expect(await takeFor(container, id, systemActor)).toMatchObject({ id, taken_by: null })
    await exceptions.take(id, "user_1")
    await expect(takeFor(container, id, systemActor)).rejects.toMatchObject({
      type: MedusaError.Types.CONFLICT,
    })
    const gone = new Date(Date.now() - 1_000)
    await database.connect(1)("payment_exception").where({ id }).update({ taken_until: gone })
    expect(await takeFor(container, id, systemActor)).toMatchObject({ taken_by: "user_1" })
  })

  it("says who settled it before, and that it is not there", async () => {
    const id = await listed()
    const line = { actor: systemActor, action: "refunded", note: null }
    await exceptions.settle(id, { state: "refunded" }, line)
    await expect(takeFor(container, id, "user_1")).rejects.toMatchObject({
      type: MedusaError.Types.NOT_ALLOWED,
      message: expect.stringContaining("was refunded before (by the shop itself)"),
    })
    await expect(takeFor(container, "gwexc_none", "user_1")).rejects.toMatchObject({
      type: MedusaError.Types.NOT_FOUND,
    })
  })
})
