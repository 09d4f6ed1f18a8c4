import { reconciliation } from "./reconciliation"

/** A sentence with what one run over so many open sessions took. */
export async function reconciliationReport(sessions: number, latencyMs: number): Promise<string> {
  const { seconds, cpuSeconds, settled, orders, shareOfLimit, heapMb } = await reconciliation(
    sessions,
    latencyMs
  )
  const each = (total: number) => ((total * 1_000) / sessions).toFixed(1)
  return (
    `One run over ${sessions} open sessions at a gateway that answers in ${latencyMs} ms: ${seconds.toFixed(1)} s, ` +
    `${each(seconds)} ms and ${each(cpuSeconds)} ms of processor time for each, ${shareOfLimit.toFixed(2)} of what four ` +
    `questions at once let through; ${settled} were paid, ${orders} orders were made; ` +
    `${heapMb.before.toFixed(0)} MB in use before, ${heapMb.after.toFixed(0)} MB after`
  )
}
