import { reconciliation } from "./reconciliation"

/** A sentence with what one run over so many open sessions took. */
export async function reconciliationReport(sessions: number): Promise<string> {
  const { seconds, cpuSeconds, settled, orders } = await reconciliation(sessions)
  const each = (total: number) => ((total * 1_000) / sessions).toFixed(1)
  return (
    `One run over ${sessions} open sessions: ${seconds} s, ${each(seconds)} ms and ${each(cpuSeconds)} ms of ` +
    `processor time for each; ${settled} were paid, ${orders} orders were made`
  )
}
