import { sentPayouts } from "./payouts"

/** A sentence with what one run over so many approved transfers took. */
export async function payoutsReport(transfers: number, latencyMs: number): Promise<string> {
  const { seconds, cpuSeconds, shareOfLimit } = await sentPayouts(transfers, latencyMs)
  const each = (total: number) => ((total * 1_000) / transfers).toFixed(1)
  return (
    `${transfers} approved payouts at a gateway that answers in ${latencyMs} ms: ${seconds.toFixed(1)} s, ` +
    `${each(seconds)} ms and ${each(cpuSeconds)} ms of processor time for each, ${shareOfLimit.toFixed(2)} of ` +
    "what four calls at once let through"
  )
}
