import { writeFile } from "node:fs/promises"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import type { ExecArgs } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { startReconciliation } from "../../src/workflows/reconciliation/reconcile-payments"
import { benchmarkedMocasa } from "../mocasa-gateway"
import { openCarts, openSessions } from "./open-sessions"
import { plan, planVariable, type Result } from "./plan"

/** What the sandbox, like Mocasa, is asked about an order by. */
const questionPath = "/payment/order/query"

/** As by default, but as fast as it goes: the pace is the gateway's need, not ours. */
const limits = { batch: 20, concurrency: 4, perSecond: Infinity }

export default async function reconcileMany({ container }: ExecArgs): Promise<void> {
  const { sessions, paid, latencyMs, sandboxUrl, credentials, resultFile } = plan.parse(
    JSON.parse(process.env[planVariable] ?? "{}")
  )
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const started = performance.now()
  const references = await openCarts(container, paid)
  await openSessions(container, sessions - paid, benchmarkedMocasa(sandboxUrl, credentials))
  for (const reference of references) {
    await post(`${sandboxUrl}/_sandbox/orders/${reference}/pay`)
  }
  console.log(`${sessions} sessions opened in ${seconds(started)} s, ${paid} of them paid`)
  await database("gateway_order").update({ next_check_at: new Date(0) })
  await database.raw("analyze")
  await post(`${sandboxUrl}/_sandbox/faults`, {
    kind: "latency",
    path: questionPath,
    ms: latencyMs,
    times: "forever",
  })

  const before = heapMb()
  const begun = performance.now()
  const cpu = process.cpuUsage()
  const { ended } = await startReconciliation(container, { limits })
  const { checked, settled, errors } = await ended
  const took = (performance.now() - begun) / 1_000
  const used = process.cpuUsage(cpu)

  const [row] = await database("order").count({ orders: "*" })
  const result: Result = {
    checked,
    settled,
    errors,
    orders: Number(row?.orders),
    seconds: took,
    cpuSeconds: (used.user + used.system) / 1_000_000,
    shareOfLimit: (sessions * latencyMs) / 1_000 / limits.concurrency / took,
    heapMb: { before, after: heapMb() },
  }
  await writeFile(resultFile, JSON.stringify(result))
}

async function post(url: string, body?: object): Promise<void> {
  const answer = await fetch(url, {
    method: "POST",
    ...(body && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  })
  if (!answer.ok) {
    throw new Error(`The sandbox refused ${url}: HTTP ${answer.status}`)
  }
}

/** What is kept, after the garbage was collected. */
function heapMb(): number {
  setFlagsFromString("--expose-gc")
  runInNewContext("gc")()
  return process.memoryUsage().heapUsed / 2 ** 20
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 100) / 10
}
