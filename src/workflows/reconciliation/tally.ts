import { nothingCounted, type RunCounts } from "../../modules/payment-journal/reconciliation-run"
import type { CheckOutcome } from "./judge-check"

/** Counts what a run comes to, while several of its checks are under way. */
export class Tally {
  readonly counts: RunCounts = { ...nothingCounted }
  lastError: string | null = null

  add({ count, error }: CheckOutcome): void {
    this.counts.checked += 1
    if (count) {
      this.counts[count] += 1
    }
    this.lastError = error ?? this.lastError
  }

  /** Something went wrong that is no single payment's fault. */
  addFault(error: string): void {
    this.counts.errors += 1
    this.lastError = error
  }
}
