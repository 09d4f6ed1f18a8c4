/**
 * Mocasa, Webhook: "success/failed". Assumption: these are the only ends, of transfers and refunds too; any other word
 * is something in progress.
 */
export type FinalOutcome = "success" | "failed"

export function isFinal(status: string): status is FinalOutcome {
  return status === "success" || status === "failed"
}
