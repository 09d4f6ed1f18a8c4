import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createPayoutDatabase,
  type PayoutDatabase,
} from "../../modules/payout/__tests__/payout-database"
import { FakePayoutProvider } from "../../modules/payout/__tests__/fake-provider"
import { payoutsServed } from "../../modules/payout/__tests__/payouts-under-test"
import type { PayoutModuleService } from "../../modules/payout/service"
import askAboutPayouts from "../ask-about-payouts"
import expirePayoutApprovals from "../expire-payout-approvals"
import rotatePayoutKeys from "../rotate-payout-keys"
import sendPayouts from "../send-payouts"
import tellOfWaitingPayouts from "../tell-of-waiting-payouts"

const jobs = {
  askAboutPayouts,
  expirePayoutApprovals,
  rotatePayoutKeys,
  sendPayouts,
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

  const served = (connection: Connection) =>
    payoutsServed({ connection, provider: new FakePayoutProvider(), now: () => new Date() })

  it("leave the database alone in a shop whose config names no payout provider", async () => {
    const counts = await statements((connection) =>
      Object.assign(served(connection), { listProviders: () => [] })
    )
    expect(counts).toEqual(Object.fromEntries(Object.keys(jobs).map((name) => [name, 0])))
  })

  it("read it where there is one", async () => {
    const counts = await statements(served)
    for (const [name, count] of Object.entries(counts)) {
      expect([name, count > 0]).toEqual([name, true])
    }
  })
})
