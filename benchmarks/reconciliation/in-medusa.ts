import { writeFile } from "node:fs/promises"
import type { ExecArgs } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { startReconciliation } from "../../src/workflows/reconciliation/reconcile-payments"
import { openCarts, openSessions } from "./open-sessions"
import { plan, planVariable, type Result } from "./plan"

/** As by default, but as fast as it goes: the pace is the gateway's need, not ours. */
const limits = { batch: 20, concurrency: 4, perSecond: Infinity }

export default async function reconcileMany({ container }: ExecArgs): Promise<void> {
  const { sessions, paid, sandboxUrl, resultFile } = plan.parse(
    JSON.parse(process.env[planVariable] ?? "{}")
  )
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const started = performance.now()
  const references = await openCarts(container, paid)
  await openSessions(container, sessions - paid)
  for (const reference of references) {
    const answer = await fetch(`${sandboxUrl}/_sandbox/orders/${reference}/pay`, { method: "POST" })
    if (!answer.ok) {
      throw new Error(`The sandbox did not take the payment: HTTP ${answer.status}`)
    }
  }
  console.log(`${sessions} sessions opened in ${seconds(started)} s, ${paid} of them paid`)
  await database("gateway_order").update({ next_check_at: new Date(0) })
  await database.raw("analyze")

  const begun = performance.now()
  const cpu = process.cpuUsage()
  const { ended } = await startReconciliation(container, limits)
  const { checked, settled, errors } = await ended
  const used = process.cpuUsage(cpu)

  const [row] = await database("order").count({ orders: "*" })
  const result: Result = {
    checked,
    settled,
    errors,
    orders: Number(row?.orders),
    seconds: seconds(begun),
    cpuSeconds: Math.round((used.user + used.system) / 100_000) / 10,
  }
  await writeFile(resultFile, JSON.stringify(result))
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 100) / 10
}
