import { equal, isPositive, type DecimalString } from "../shared/money"
import type { ListedTransaction } from "./transaction-list"
import type { TransactionStage } from "./transaction-status"

/** `may_repeat`: it was not made, or the gateway refuses to make it twice. */
export type MoveOutcome = "done" | "declined" | "unknown" | "may_repeat"

type ByStage = Readonly<Record<TransactionStage, MoveOutcome>>

/**
 * What a payment's stage says about a move whose answer never came, where the list of transactions does not
 * name an amount for it.
 */
const stages: Readonly<Record<"capture" | "refund" | "reverse", ByStage>> = {
  capture: {
    reserved: "may_repeat", // a reservation is captured once: of two captures one is refused
    capture_failed: "declined",
    canceled: "declined",
    captured: "unknown", // somebody captured, but nothing says how much
    approved: "may_repeat", // as of a reservation: of two captures one is refused
    reversed: "unknown",
    charged_back: "unknown",
    moving: "unknown",
    failed: "declined",
    open: "unknown",
  },
  refund: {
    captured: "may_repeat", // "not possible to refund the same transaction more than once"
    approved: "may_repeat",
    reversed: "unknown", // somebody refunded, but nothing says how much
    charged_back: "unknown",
    moving: "unknown",
    reserved: "unknown",
    capture_failed: "unknown",
    canceled: "unknown",
    failed: "unknown",
    open: "unknown",
  },
  reverse: {
    reserved: "may_repeat", // all of it or nothing: of two reversals one is refused
    canceled: "done",
    reversed: "done",
    captured: "declined",
    approved: "may_repeat", // of a captured payment it is refused
    charged_back: "declined",
    capture_failed: "unknown",
    moving: "unknown",
    failed: "done", // nothing is reserved
    open: "unknown",
  },
}

/** What became of a capture or a refund of `wanted`, by the list's line about the payment and its stage. */
export function amountOutcome(
  kind: "capture" | "refund",
  wanted: DecimalString,
  stage: TransactionStage,
  line: ListedTransaction | undefined
): MoveOutcome {
  const moved = kind === "capture" ? line?.captured : line?.refunded
  if (moved === undefined || !isPositive(moved)) {
    return stages[kind][stage]
  }
  // Each is made once in a payment's life: where another amount was moved, ours was not.
  return equal(moved, wanted) ? "done" : "declined"
}

/**
 * Whether a refund that was said to be made still stands. It failed where the payment is captured as before and the list
 * names nothing as refunded; a list that says nothing proves nothing.
 */
export function refundReview(
  stage: TransactionStage,
  line: ListedTransaction | undefined
): "stands" | "failed" | "unknown" {
  const refunded = line?.refunded
  if (stage === "reversed" || (refunded !== undefined && isPositive(refunded))) {
    return "stands"
  }
  return stage === "captured" && refunded !== undefined ? "failed" : "unknown"
}

/** What became of a reversal; money that was given back after a capture is none. */
export function reversalOutcome(
  stage: TransactionStage,
  line: ListedTransaction | undefined
): MoveOutcome {
  const wasCaptured = line?.captured !== undefined && isPositive(line.captured)
  return wasCaptured ? "declined" : stages.reverse[stage]
}
