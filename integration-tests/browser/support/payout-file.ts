import { setTimeout as sleep } from "node:timers/promises"
import { knex } from "@medusajs/framework/mikro-orm/knex"
import { summed, type Sums } from "../../http/support/payout-sums"
import type { AdminApi } from "./api"
import { newSeller, newWallet } from "./payees"
import { Sandbox } from "./sandbox"
import type { BrowserShop } from "./shop"

export const LINES = 1_000

export type PayoutFileToDrop = {
  name: string
  /** One line in twenty is as no file may have it. */
  faulty: string
  faults: number
  mended: string
  /** By currency, of the mended file. */
  sums: Sums
}

/** A file of so many lines to nine sellers at Mocasa and a wallet at Cashy, and the same with faults in it. */
export async function payoutFile(api: AdminApi): Promise<PayoutFileToDrop> {
  const payees = [{ id: (await newWallet(api)).id, currency: "pkr" }]
  while (payees.length < 10) {
    payees.push({ id: (await newSeller(api)).id, currency: "php" })
  }
  const run = Date.now().toString(36)
  const lines = Array.from({ length: LINES }, (_, index) => {
    const { id, currency } = payees[index % 10]!
    // No two of one payee are of the same amount; those in rupees are whole.
    const whole = 20 + Math.floor(index / 10)
    const amount = currency === "pkr" ? String(whole) : `${whole}.${10 + (index % 10)}`
    return { id, currency, amount, purpose: `Commission ${run}, line ${index + 2}` }
  })
  const text = (rows: readonly string[]) =>
    ["beneficiary_id,amount,currency_code,purpose", ...rows, ""].join("\r\n")
  const row = ({ id, amount, currency, purpose }: (typeof lines)[number]) =>
    `${id},${amount},${currency},"${purpose}"`
  const faulty = lines.map((line, index) =>
    index % 20 === 0 ? row({ ...line, ...faultOf(index / 20) }) : row(line)
  )
  return {
    name: `june-${run}.csv`,
    faulty: text(faulty),
    faults: LINES / 20,
    mended: text(lines.map(row)),
    sums: summed(lines.map(({ currency, amount }) => [currency, amount])),
  }
}

function faultOf(nth: number): { amount: string } | { id: string } {
  switch (nth % 3) {
    case 0:
      return { amount: "1e3" }
    case 1:
      return { id: "poben_none" }
    default:
      return { amount: "-5.00" }
  }
}

const sendingPaths = { mocasa: "/payout/transfer/initiate", cashy: "/api/payOut" } as const

/** Some are acted on, and some are not. A client can't tell which. */
const faultKinds = [
  { kind: "answer-lost" },
  { kind: "http-error", status: 502, acts: false },
  { kind: "half-answer" },
  { kind: "reset-before-acting" },
  { kind: "html", acts: true },
] as const

/** From now on each twentieth call that sends goes wrong, at either gateway. */
export async function armFaults(shop: BrowserShop): Promise<void> {
  const calls = { mocasa: (LINES * 9) / 10, cashy: LINES / 10 }
  for (const gateway of ["mocasa", "cashy"] as const) {
    for (let nth = 0; nth < calls[gateway] / 20; nth++) {
      const fault = {
        ...faultKinds[nth % faultKinds.length],
        after: 19,
        path: sendingPaths[gateway],
      }
      await new Sandbox(shop, gateway).post("/_sandbox/faults", fault)
    }
  }
}

/** How many faults have not struck. */
export async function faultsLeft(shop: BrowserShop): Promise<number> {
  const waiting = await Promise.all(
    (["mocasa", "cashy"] as const).map(
      async (gateway) => await new Sandbox(shop, gateway).get<unknown[]>("/_sandbox/faults")
    )
  )
  return waiting.flat().length
}

/** What the gateways say that they moved, by our reference. */
export async function movedByReference(
  shop: BrowserShop
): Promise<Map<string, { amount: string; currency: string }[]>> {
  const moved = new Map<string, { amount: string; currency: string }[]>()
  for (const gateway of ["mocasa", "cashy"] as const) {
    const entries = await new Sandbox(shop, gateway).get<LedgerEntry[]>("/_sandbox/ledger")
    for (const { kind, reference, amount, currency } of entries) {
      if (kind === "payout") {
        moved.set(reference, [...(moved.get(reference) ?? []), { amount, currency }])
      }
    }
  }
  return moved
}

type LedgerEntry = { kind: string; reference: string; amount: string; currency: string }

export type SentTransfer = { reference: string; status: string; amount: string; currency: string }

const open = ["approved", "submitting", "processing", "unknown", "not_found"]

/**
 * Waits until each transfer of an import has ended, or waits for a person. The jobs are the shop's own; the days between
 * their questions go by at once, and Cashy finishes what it has begun.
 */
export async function untilEnded(shop: BrowserShop, importId: string): Promise<SentTransfer[]> {
  const database = knex({ client: "pg", connection: shop.databaseUrl, pool: { min: 0, max: 1 } })
  const cashy = new Sandbox(shop, "cashy")
  const finished = new Set<string>()
  const ofImport = () => database("payout_transfer").where({ import_id: importId })
  try {
    for (;;) {
      const rows = await ofImport().select(
        "reference",
        "status",
        "raw_amount",
        "currency_code",
        "provider_id"
      )
      if (!rows.some(({ status }) => open.includes(status))) {
        return rows.map(({ reference, status, raw_amount, currency_code }) => ({
          reference,
          status,
          amount: raw_amount.value,
          currency: currency_code,
        }))
      }
      const begun = rows.filter(
        ({ reference, status, provider_id }) =>
          status === "processing" && provider_id === "po_cashy_cashy" && !finished.has(reference)
      )
      for (const { reference } of begun) {
        await cashy.post(`/_sandbox/payouts/${reference}/finish`, { orderStatus: "SUCCESS" })
        finished.add(reference)
      }
      const asked = ofImport().whereIn("status", ["processing", "unknown", "not_found"])
      await asked.clone().update({ next_check_at: new Date() })
      await asked.clone().whereNotNull("not_found_since").update({ not_found_since: longAgo() })
      await sleep(2_000)
    }
  } finally {
    await database.destroy()
  }
}

/** Longer than the shop waits before it believes that a gateway does not know a transfer. */
function longAgo(): Date {
  return new Date(Date.now() - 24 * 60 * 60_000)
}
