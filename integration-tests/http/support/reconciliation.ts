import {
  nothingCounted,
  type RunCounts,
} from "../../../src/modules/payment-journal/repositories/runs"
import { startReconciliation } from "../../../src/workflows/reconciliation/reconcile-payments"
import { eventually, type Shop } from "./shop"

const counted = [
  "checked",
  "settled",
  "failed",
  "unmatched",
  "chargebacks",
  "errors",
  "given_up",
] as const

/** So much time passes, in minutes: whatever was under way is nobody's work any more. */
const passing = 20

/** Time passes: everything that is to be asked about is to be asked about now. */
export async function makeDue({ database }: Shop): Promise<void> {
  for (const table of ["gateway_order", "gateway_operation"]) {
    const at = new Date(0)
    await database(table).whereNotNull("next_check_at").update({ next_check_at: at })
  }
  await database("gateway_operation").update({ lease_expires_at: new Date(0) })
  await makeOld({ database })
}

/** A day passes: the gateways' lists of payments are to be read for chargebacks. */
export async function makeChargebacksDue({ database }: Shop): Promise<void> {
  await database("gateway_cursor")
    .where({ list: "chargebacks" })
    .update({ next_at: new Date(0) })
}

/** What was written is older by now, and nobody has held it against Medusa's ledger since. */
async function makeOld({ database }: Pick<Shop, "database">): Promise<void> {
  const earlier = (column: string) => database.raw(`?? - interval '${passing} minutes'`, [column])
  await database("capture").update({ created_at: earlier("created_at") })
  await database("refund").update({ created_at: earlier("created_at") })
  await database("gateway_operation").update({ updated_at: earlier("updated_at") })
  for (const { id, place } of await database("gateway_cursor").where({ list: "ledger" })) {
    const readUntil = new Date(Date.parse(place.readUntil) - passing * 60_000)
    await database("gateway_cursor")
      .where({ id })
      .update({ place: { ...place, readUntil }, next_at: new Date(0) })
  }
}

/** What a run came to, or several that start at once; with the job's, which may come by meanwhile. */
export async function reconcile(shop: Shop, howMany = 1): Promise<RunCounts> {
  const before = await totals(shop)
  const runs = Array.from({ length: howMany }, () => startReconciliation(shop.container))
  await Promise.all((await Promise.all(runs)).map(({ ended }) => ended))
  await eventually(
    async () => await shop.database("reconciliation_run").whereNull("ended_at"),
    (atWork) => atWork.length === 0
  )
  const counts = await totals(shop)
  counted.forEach((name) => (counts[name] -= before[name]))
  return counts
}

async function totals({ database }: Shop): Promise<RunCounts> {
  const rows: RunCounts[] = await database("reconciliation_run").select(...counted)
  return rows.reduce(
    (sum, row) => {
      counted.forEach((name) => (sum[name] += row[name]))
      return sum
    },
    { ...nothingCounted }
  )
}
