import { deepStrictEqual, strictEqual } from "node:assert"
import { setTimeout as sleep } from "node:timers/promises"
import type { MedusaContainer } from "@medusajs/framework/types"
import sendPayouts from "../../src/jobs/send-payouts"
import { FakePayoutProvider } from "../../src/modules/payout/__tests__/fake-provider"
import { createPayoutDatabase } from "../../src/modules/payout/__tests__/payout-database"
import {
  alice,
  newBeneficiary,
  newTransfer,
  payoutsServed,
} from "../../src/modules/payout/__tests__/payouts-under-test"
import {
  PAYOUT_MODULE,
  type PayoutOrder,
  type PayoutResult,
} from "../../src/modules/payout/provider"

/** As in a store of Medusa's by default. */
const connections = 10

/** How many calls the job has under way at once; asserted below. */
const atOnce = 4

const payees = 50

/** A gateway that answers a call after so long, and counts how many it has at once. */
class SlowGateway extends FakePayoutProvider {
  mostAtOnce = 0
  #underWay = 0

  constructor(readonly latencyMs: number) {
    super()
  }

  override async initiateTransfer(order: PayoutOrder): Promise<PayoutResult> {
    this.#underWay += 1
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay)
    await sleep(this.latencyMs)
    this.#underWay -= 1
    return this.pay(order)
  }
}

export type SentPayouts = {
  transfers: number
  seconds: number
  cpuSeconds: number
  /** Of what the gateway's time would let through, were ours nothing: calls at once, divided by its latency. */
  shareOfLimit: number
}

/** One run of the job over so many approved transfers, on a real PostgreSQL, at a gateway that takes its time. */
export async function sentPayouts(transfers: number, latencyMs: number): Promise<SentPayouts> {
  const database = await createPayoutDatabase()
  try {
    const provider = new SlowGateway(latencyMs)
    const payouts = payoutsServed({
      connection: database.connect(connections),
      provider,
      now: () => new Date(),
      options: { approval: "none" },
    })
    const beneficiaries: { id: string }[] = []
    for (let count = 0; count < payees; count += 1) {
      const account = { account_number: String(1_000_000 + count) }
      beneficiaries.push(await payouts.addBeneficiary(newBeneficiary({ account }), alice))
    }
    const lines = Array.from({ length: transfers }, (_, index) => {
      const beneficiary = beneficiaries[index % payees] ?? { id: "" }
      const amount = `${1 + Math.floor(index / payees)}.00`
      return { line: index + 2, transfer: newTransfer(beneficiary, { amount }) }
    })
    const file = { file_name: "benchmark.csv", digest: "benchmark", allow_partial: false }
    await payouts.importTransfers(file, lines, alice)

    const container: MedusaContainer = Object.assign(Object.create(null), {
      resolve: (key: string) => (key === PAYOUT_MODULE ? payouts : undefined),
    })
    const begun = performance.now()
    const cpu = process.cpuUsage()
    await sendPayouts(container)
    const seconds = (performance.now() - begun) / 1_000
    const { user, system } = process.cpuUsage(cpu)

    strictEqual(provider.moves.length, transfers)
    strictEqual(new Set(provider.moves.map(({ reference }) => reference)).size, transfers)
    strictEqual(provider.mostAtOnce, Math.min(atOnce, transfers))
    deepStrictEqual(
      (await payouts.totals({})).totals.map(({ status }) => status),
      ["succeeded"]
    )
    const leastSeconds = (transfers * latencyMs) / 1_000 / atOnce
    return {
      transfers,
      seconds,
      cpuSeconds: (user + system) / 1_000_000,
      shareOfLimit: leastSeconds / seconds,
    }
  } finally {
    await database.drop()
  }
}
