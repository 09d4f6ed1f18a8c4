import { createHash } from "node:crypto"
import fc from "fast-check"
import { add, decimal, type DecimalString } from "../../src/gateways/shared/money"
import { payoutsOf } from "../../src/workflows/payouts/payout-workflow"
import {
  addBeneficiary,
  required,
  seller,
  walletOwner,
  type PayoutPlan,
  type PayoutShop,
} from "../http/support/payout-shop"
import { summed, sumsOfExport, type Sums } from "../http/support/payout-sums"
import { suite } from "../http/support/shop"
import { seedOfRun, shuffled } from "../http/support/chance"
import { proxyFaults, startFaultProxy, type FaultProxy } from "../http/support/fault-proxy"
import { tell } from "../http/support/tell"

const lines = 1_000
const faulty = lines / 20
/** Longer than the module waits before it believes that a gateway does not know a transfer. */
const longAgo = () => new Date(Date.now() - 24 * 60 * 60_000)

/**
 * The gateways of this run pay again what comes again, so that a second call of the shop's would show in the
 * ledger; a copy that somebody on the way makes would too. An address that is away strikes every call.
 */
const faults = proxyFaults
  .map(({ kind }) => kind)
  .filter((kind) => kind !== "refuse" && !kind.startsWith("duplicate"))

const proxies: FaultProxy[] = []

/** A shop that asks for no approval, with a proxy before each gateway that it pays out through. */
export const payoutFilePlan: PayoutPlan = {
  options: { approval: "none" },
  addressOf: async (_, url) => {
    const proxy = await startFaultProxy(url)
    proxies.push(proxy)
    return proxy.url
  },
  stop: async () => {
    await Promise.all(proxies.map((proxy) => proxy.close()))
  },
}

const sendingPaths = ["/payout/transfer/initiate", "/api/payOut"]

export const payoutFile = suite<PayoutShop>("a file of payouts", (shop) => {
  beforeEach(async () => await shop.keepOrRestore())

  it(`of ${lines} lines, with a fault in each twentieth call that sends, agrees to the cent in the end`, async () => {
    const seed = seedOfRun()
    tell(`payout file: seed ${seed} (DEEP_SEED repeats it)`)
    shop.cashy.set({
      payoutStatus: "SUCCESS",
      duplicatePayout: "pay-again",
      // More than the file adds up to: what a balance is too low for waits.
      openingBalance: "1000000000.00",
    })
    shop.mocasa.set({ duplicateTransfer: "pay-again" })
    const file = await fileOf(seed)
    armFaults(seed)

    const imported = required(
      await shop.admin.post("/admin/payouts/imports", { csv: file.csv, file_name: "may.csv" })
    ).import
    expect(imported).toMatchObject({ total: lines, problems: [] })
    expect(await untilMade(imported.id)).toMatchObject({ status: "done", made: lines })
    const again = required(await shop.admin.post("/admin/payouts/imports", { csv: file.csv }))
    expect(again.import.id).toBe(imported.id)

    const rounds = await untilQuiet()
    const struck = proxies.reduce((sum, proxy) => sum + proxy.struck(), 0)
    const left = await countByStatus()
    tell(
      `payout file: ${struck} of ${lines} calls met a fault; ${left.succeeded ?? 0} succeeded, ` +
        `${left.manual_review ?? 0} for a person, after ${rounds} rounds of asking`
    )
    expect(struck).toBe(faulty)
    expect(Object.keys(left).sort()).toEqual(["manual_review", "succeeded"])

    await retryThoseNeverMade()
    expect(await countByStatus()).toEqual({ succeeded: lines, failed: left.manual_review })

    const ledger = ledgerByReference()
    const moved = await shop.database("payout_transfer").where({ status: "succeeded" })
    expect(moved).toHaveLength(lines)
    expect(Object.keys(ledger).sort()).toEqual(moved.map(({ reference }) => reference).sort())
    for (const { reference, raw_amount } of moved) {
      expect(ledger[reference]).toEqual([decimal(raw_amount.value)])
    }
    const sums = file.sums
    expect(sumsOfLedger()).toEqual(sums)
    expect(await sumsOfTotals()).toEqual(sums)
    expect(await sumsOfExported()).toEqual(sums)
    tell(`payout file: the ledger, the module and the export agree: ${JSON.stringify(sums)}`)
  })

  /** Two currencies, twenty beneficiaries, and no two lines that look like one payment. */
  async function fileOf(seed: number) {
    const payees: { id: string; currency: string }[] = []
    // One after the other: a gateway that is told of all at once answers some too late, and those are not active.
    while (payees.length < 20) {
      const isSeller = payees.length % 2 === 0
      const { id } = await addBeneficiary(shop.admin, isSeller ? seller : walletOwner)
      payees.push({ id, currency: isSeller ? "php" : "pkr" })
    }
    const cents = fc.sample(
      fc.uniqueArray(fc.integer({ min: 1_01, max: 900_000_00 }), {
        minLength: lines,
        maxLength: lines,
      }),
      { seed, numRuns: 1 }
    )[0]!
    const sums: Sums = {}
    const rows = cents.map((cent, index) => {
      const { id, currency } = payees[index % payees.length]!
      const amount = (cent / 100).toFixed(2)
      sums[currency] = add(sums[currency] ?? decimal("0"), decimal(amount))
      return `${id},${amount},${currency},"Commission, line ${index + 2}"`
    })
    return {
      csv: ["beneficiary_id,amount,currency_code,purpose", ...rows, ""].join("\r\n"),
      sums,
    }
  }

  /** Strikes the first try of so many transfers, spread over the file by chance. */
  function armFaults(seed: number): void {
    const order = shuffled(
      Array.from({ length: lines }, (_, index) => index),
      seed
    )
    const struckAt = new Map(
      order.slice(0, faulty).map((index, nth) => [index, faults[nth % faults.length]!])
    )
    let calls = 0
    const callOf = new Map<string, number>()
    const numberOf = (path: string, body: string) => {
      if (!sendingPaths.includes(path)) {
        return undefined
      }
      const key = /P[0-9A-HJKMNP-TV-Z]{26}/.exec(body)?.[0] ?? body
      if (!callOf.has(key)) {
        callOf.set(key, calls++)
      }
      return callOf.get(key)
    }
    for (const proxy of proxies) {
      for (const [index, fault] of struckAt) {
        void proxy.arm(fault, ({ path, body }) => numberOf(path, body) === index)
      }
    }
  }

  async function untilMade(id: string): Promise<{ status: string; made: number }> {
    for (;;) {
      const now = required(await shop.admin.get(`/admin/payouts/imports/${id}`)).import
      if (now.status === "done" || now.status === "refused") {
        return now
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  /** The jobs' work without their pauses; the timetable's days go by at once. @returns how many times */
  async function untilQuiet(): Promise<number> {
    for (let rounds = 0; ;) {
      const counts = await countByStatus()
      const open = ["approved", "submitting", "processing", "unknown", "not_found"]
      if (!open.some((status) => counts[status])) {
        return rounds
      }
      await payoutsOf(shop.container).submitDue(lines)
      if (!counts.approved && !counts.submitting) {
        rounds += 1
        await shop
          .database("payout_transfer")
          .whereIn("status", ["unknown", "not_found", "processing"])
          .update({ next_check_at: new Date(0) })
        await shop
          .database("payout_transfer")
          .whereNotNull("not_found_since")
          .update({ not_found_since: longAgo() })
        await payoutsOf(shop.container).refreshDue(lines)
      }
    }
  }

  async function countByStatus(): Promise<Record<string, number>> {
    const rows = await shop
      .database("payout_transfer")
      .select("status")
      .count("* as count")
      .groupBy("status")
    return Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)]))
  }

  /** A person looks a day later into the gateways' dashboards, which show nothing of them. */
  async function retryThoseNeverMade(): Promise<void> {
    const leftOver = () => shop.database("payout_transfer").where({ status: "manual_review" })
    await leftOver().update({ submitted_at: longAgo() })
    for (const { id, reference } of await leftOver()) {
      expect(ledgerByReference()[reference]).toBeUndefined()
      const path = `/admin/payouts/transfers/${id}`
      required(
        await shop.admin.post(`${path}/resolve`, { outcome: "failed", note: "Not in the list" })
      )
      required(await shop.admin.post(`${path}/retry`, {}))
    }
    await untilQuiet()
  }

  function entries() {
    return [shop.mocasa, shop.cashy].flatMap(({ ledger }) => ledger.entries({ kind: "payout" }))
  }

  function ledgerByReference(): Record<string, DecimalString[]> {
    const amounts: Record<string, DecimalString[]> = {}
    for (const { reference, amount } of entries()) {
      amounts[reference] = [...(amounts[reference] ?? []), decimal(amount)]
    }
    return amounts
  }

  function sumsOfLedger(): Sums {
    return summed(entries().map(({ currency, amount }) => [currency, amount]))
  }

  async function sumsOfTotals(): Promise<Sums> {
    const { totals } = required(await shop.admin.get("/admin/payouts/totals?status=succeeded"))
    return summed(
      totals.map(({ currency_code, amount }: { currency_code: string; amount: string }) => [
        currency_code,
        amount,
      ])
    )
  }

  async function sumsOfExported(): Promise<Sums> {
    const csv: string = required(
      await shop.admin.get("/admin/payouts/transfers/export?status=succeeded")
    )
    tell(`payout file: the export has SHA-256 ${createHash("sha256").update(csv).digest("hex")}`)
    return sumsOfExport(csv)
  }
})
