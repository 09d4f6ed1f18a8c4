import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { providersToReconcile } from "../../../src/modules/payment-journal/repositories/open-work"
import {
  nothingCounted,
  type RunCounts,
} from "../../../src/modules/payment-journal/repositories/runs"
import { configuredProviderIds } from "../../../src/providers/registry"
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
export async function makeDue({ database }: Pick<Shop, "database">): Promise<void> {
  for (const table of ["gateway_order", "gateway_operation"]) {
    const at = new Date(0)
    await database(table).whereNotNull("next_check_at").update({ next_check_at: at })
  }
  await database("gateway_operation").update({ lease_expires_at: new Date(0) })
  await makeOld({ database })
}

/**
 * All servers were killed, and it is a while ago: what they held is nobody's any more, and the completions of carts that
 * they were at have ended.
 */
export async function endWorkOfKilled({ database }: Pick<Shop, "database">): Promise<void> {
  await database("gateway_lease").update({ expires_at: new Date(0) })
  await database("webhook_event").where({ state: "waiting" }).update({ claimed_until: null })
  await database("reconciliation_run").whereNull("ended_at").update({ ended_at: new Date() })
  for (const table of ["order", "workflow_execution"]) {
    const earlier = (column: string) =>
      database.raw("?? - ? * interval '1 minute'", [column, passing])
    await database(table).update({
      created_at: earlier("created_at"),
      updated_at: earlier("updated_at"),
    })
  }
}

/**
 * Time passes, until nothing is left that it settles, and nobody is at work any more: neither the runs that are begun here
 * nor those that the servers' own jobs begin beside them.
 *
 * @param startRun begins a run of the reconciliation
 */
export async function reconcileToRest(
  shop: Pick<Shop, "database">,
  startRun: () => Promise<unknown>
): Promise<void> {
  const { database } = shop
  for (let runs = 0; runs < mostRuns; runs += 1) {
    await database("webhook_event").update({ next_try_at: new Date(0), claimed_until: null })
    await makeDue(shop)
    const before = await database("reconciliation_run").pluck("id")
    await startRun()
    await nobodyAtWork(shop)
    const [found] = await database("reconciliation_run")
      .whereNotIn("id", before)
      .sum({ settled: "settled", failed: "failed", errors: "errors" })
    if (Number(found?.settled) + Number(found?.failed) + Number(found?.errors) === 0) {
      return
    }
  }
}

/** What can't be settled at all is an error of each run. */
const mostRuns = 10

/** No run of the reconciliation has not ended, no message waits whose time has come, and no payment is being booked. */
async function nobodyAtWork({ database }: Pick<Shop, "database">): Promise<void> {
  const atWork = async () => {
    const rows = await Promise.all([
      database("reconciliation_run").whereNull("ended_at").select("id"),
      database("webhook_event")
        .where({ state: "waiting" })
        .where("next_try_at", "<=", database.fn.now())
        .select("id"),
      database("gateway_lease").where("expires_at", ">", database.fn.now()).select("key"),
    ])
    return rows.flat()
  }
  const left = await eventually(atWork, ({ length }) => length === 0, patienceMs)
  if (left.length > 0) {
    throw new Error(`It did not come to rest in time: ${JSON.stringify(left)}`)
  }
}

/** Longer than anything takes here on a busy machine. */
const patienceMs = 180_000

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
  // Whose ledger has nothing new since the last test ended is not read again.
  const changed = await database({ read: "gateway_cursor" })
    .where({ list: "ledger" })
    .whereRaw(
      `exists (
        select 1 from gateway_order as "order" left join gateway_operation as operation on operation.order_reference = "order".reference
        where "order".provider_id = read.provider_id
          and greatest("order".updated_at, operation.updated_at) > (read.place->>'readUntil')::timestamptz
      )`
    )
    .select("read.id", "read.place")
  for (const { id, place } of changed) {
    const readUntil = new Date(Date.parse(place.readUntil) - passing * 60_000)
    await database("gateway_cursor")
      .where({ id })
      .update({ place: { ...place, readUntil }, next_at: new Date(0) })
  }
}

/** Begins a run for what is due, as the job does, or several at once: what they came to, with one of the job's own that comes by. */
export async function reconcile(shop: Shop, howMany = 1): Promise<RunCounts> {
  const before = await totals(shop)
  const config = shop.container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const providerIds =
    (await providersToReconcile(shop.database, configuredProviderIds(config))) ?? []
  const runs = Array.from({ length: howMany }, () =>
    startReconciliation(shop.container, { providerIds })
  )
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
