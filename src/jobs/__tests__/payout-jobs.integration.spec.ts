import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createPayoutDatabase,
  emptyTables,
  type PayoutDatabase,
} from "../../modules/payout/__tests__/payout-database"
import { FakePayoutProvider } from "../../modules/payout/__tests__/fake-provider"
import {
  alice,
  carol,
  newBeneficiary,
  newTransfer,
  payoutsServed,
} from "../../modules/payout/__tests__/payouts-under-test"
import type { PayoutModuleService } from "../../modules/payout/service"
import askAboutPayouts from "../ask-about-payouts"
import expirePayoutApprovals from "../expire-payout-approvals"
import reconcilePayouts from "../reconcile-payouts"
import rotatePayoutKeys from "../rotate-payout-keys"
import sendPayouts from "../send-payouts"
import tellDailyDigestOfPayouts from "../tell-daily-digest-of-payouts"
import tellOfWaitingPayouts from "../tell-of-waiting-payouts"

const jobs = {
  askAboutPayouts,
  expirePayoutApprovals,
  reconcilePayouts,
  rotatePayoutKeys,
  sendPayouts,
  tellDailyDigestOfPayouts,
  tellOfWaitingPayouts,
}

describe("the jobs of payouts", () => {
  let database: PayoutDatabase

  beforeAll(async () => {
    database = await createPayoutDatabase()
  })

  afterAll(async () => {
    await database?.drop()
  })

  /** The statements that each job runs against the database. */
  async function statements(serve: (connection: Connection) => PayoutModuleService) {
    const connection = database.connect(1)
    let count = 0
    connection.on("query", () => {
      count += 1
    })
    const payouts = serve(connection)
    const registered: Record<string, unknown> = {
      payout: payouts,
      logger: { info: () => {} },
      query: { graph: async () => ({ data: [] }) },
    }
    // Only what the jobs look up in Medusa's container.
    const container: MedusaContainer = Object.assign(Object.create(null), {
      resolve: (key: string) => registered[key],
    })
    const counts: Record<string, number> = {}
    for (const [name, job] of Object.entries(jobs)) {
      count = 0
      await job(container)
      counts[name] = count
    }
    return counts
  }

  type Connection = ReturnType<PayoutDatabase["connect"]>

  /** The digest is told whenever this runs; before the option's hour its job asks nothing. */
  const served = (connection: Connection) =>
    payoutsServed({
      connection,
      provider: new FakePayoutProvider(),
      now: () => new Date(),
      options: { digestHour: 0 },
    })

  const withoutProviders = (connection: Connection) =>
    Object.assign(served(connection), { listProviders: () => [] })

  it("look once into the database of a shop that never had payouts, and leave it alone", async () => {
    const counts = await statements(withoutProviders)
    const names = Object.keys(jobs)
    expect(counts).toEqual(
      Object.fromEntries(names.map((name, index) => [name, index === 0 ? 1 : 0]))
    )
  })

  it("see to the payouts of a shop whose last provider left its config", async () => {
    const connection = database.connect(1)
    const payouts = served(connection)
    const beneficiary = await payouts.addBeneficiary(newBeneficiary(), carol)
    await payouts.makeTransfer(newTransfer(beneficiary), alice)
    const counts = await statements(withoutProviders)
    await emptyTables(connection)
    for (const [name, count] of Object.entries(counts)) {
      expect([name, count > 0]).toEqual([name, true])
    }
  })

  it("read it where there is one", async () => {
    const counts = await statements(served)
    for (const [name, count] of Object.entries(counts)) {
      expect([name, count > 0]).toEqual([name, true])
    }
  })
})
