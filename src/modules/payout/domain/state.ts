import { MedusaError } from "@medusajs/framework/utils"
import type { Why } from "../../../shared/refusals"
import { Refusal } from "../../../shared/errors"
import type { Transfer } from "./transfer"

/**
 * What is known of a transfer to a beneficiary.
 *
 * - `awaiting_approval`: nobody may send it before a person has approved it
 * - `approved`: to be sent; its amount, currency and account are frozen
 * - `submitting`: the row stands, the gateway was asked or is about to be
 * - `processing`: the gateway has it and has not ended it
 * - `unknown`: it was sent, perhaps, and no answer tells what became of it: it is asked about, never sent again
 * - `not_found`: the gateway was asked about it and knows it not, so far
 * - `manual_review`: asking tells no more; a person decides
 * - `succeeded`: the gateway proved that the money was moved
 * - `returned`: the money was moved and came back
 * - `failed`: the gateway said a final no; a retry is a new transfer
 * - `rejected`, `expired`: never approved, by a person's word or because nobody said one in time
 * - `canceled`: taken back before it was sent
 */
export const transferStates = [
  "awaiting_approval",
  "approved",
  "submitting",
  "processing",
  "unknown",
  "not_found",
  "manual_review",
  "succeeded",
  "returned",
  "failed",
  "rejected",
  "expired",
  "canceled",
] as const

export type TransferState = (typeof transferStates)[number]

/**
 * Which state may follow which; a state without a follower is final.
 *
 * What may have been sent never comes to `approved` again, from where it would be sent, with one exception. Two states
 * lead back there: `submitting`, where it is sure that nothing left us; and `not_found`, for those providers alone that
 * promise that a reference sent twice is one transfer (`idempotentReference`), which none of this package's does.
 */
export const nextStates: Readonly<Record<TransferState, readonly TransferState[]>> = {
  // Canceled where whoever made it takes it back.
  awaiting_approval: ["approved", "rejected", "expired", "canceled"],
  // Back to waiting where an edit of the beneficiary voids the approval.
  approved: ["submitting", "canceled", "awaiting_approval"],
  submitting: ["processing", "succeeded", "failed", "unknown", "approved"],
  processing: ["succeeded", "failed", "returned", "manual_review"],
  unknown: ["processing", "succeeded", "failed", "returned", "not_found", "manual_review"],
  not_found: ["processing", "succeeded", "failed", "returned", "manual_review", "approved"],
  // A person decides; and where the gateway still proves what became of it, that counts.
  manual_review: ["processing", "succeeded", "failed", "returned"],
  // The receiving bank can send the money back.
  succeeded: ["returned"],
  returned: [],
  failed: [],
  rejected: [],
  expired: [],
  canceled: [],
}

/**
 * Which state may follow besides, where the transfer's own stands on nothing but a person's word, and the gateway says
 * otherwise.
 */
export const overrulingStates: Readonly<Partial<Record<TransferState, readonly TransferState[]>>> =
  {
    failed: ["processing", "succeeded", "returned"],
    succeeded: ["failed"],
  }

/** @param isPersonsWord whether `from` is what a person said, see `resolved_by` */
export function mayFollow(from: TransferState, to: TransferState, isPersonsWord = false): boolean {
  return nextStates[from].includes(to) || (isPersonsWord && overrules(from, to))
}

/** Whether `to` says that a person was wrong about `from`. */
export function overrules(from: TransferState, to: TransferState): boolean {
  return overrulingStates[from]?.includes(to) ?? false
}

export function isFinalState(state: TransferState): boolean {
  return nextStates[state].length === 0
}

/** The money has left, or may have, or is about to without a further word: it counts against the day's limit. */
export const countedStates: readonly TransferState[] = [
  "approved",
  "submitting",
  "processing",
  "unknown",
  "not_found",
  "manual_review",
  "succeeded",
]

/** The states in which the gateway is asked about a transfer. */
export const queryableStates: readonly TransferState[] = [
  "processing",
  "unknown",
  "not_found",
  "manual_review",
  "succeeded",
]

/** Whether asking the gateway about a transfer can tell something new: for a week also of what a person said of it. */
export function isAskedAbout({ status, resolved_by }: Pick<Transfer, "status" | "resolved_by">) {
  return (
    queryableStates.includes(status) ||
    (resolved_by !== null && (status === "failed" || status === "returned"))
  )
}

/** In which a person can say what became of it: it was sent, perhaps, and has not ended. */
export const resolvableStates: readonly TransferState[] = [
  "processing",
  "unknown",
  "not_found",
  "manual_review",
]

/** What was asked for is forbidden by the state that something is in (HTTP 409). */
export class PayoutConflict extends Refusal {
  constructor(message: string, why: Why) {
    super(MedusaError.Types.CONFLICT, message, why)
  }
}

/** In which state a transfer is, and what can be done there. */
const stateWords: Readonly<Record<TransferState, string>> = {
  awaiting_approval: "waits for an approval. Approve, reject or cancel it",
  approved: "is approved and about to be sent. It can be canceled until then",
  submitting: "is being sent right now. Its outcome shows in a moment",
  processing: "was sent and the gateway is at work on it. Refresh it to ask again",
  unknown:
    "may have been sent, and no answer tells what became of it. It is asked about; refresh it to ask now",
  not_found:
    "may have been sent, and the gateway does not know it so far. It is asked about; refresh it to ask now",
  manual_review:
    "waits for a person to find out at the gateway what became of it. Resolve it with what was found",
  succeeded: "succeeded. If the money came back, resolve it as returned",
  returned: "succeeded and the money came back. To pay again, make a new transfer",
  failed: "failed. To pay again, retry it",
  rejected: "was rejected. To pay, make a new transfer",
  expired: "was not approved in time. To pay, make a new transfer",
  canceled: "was canceled. To pay, make a new transfer",
}

/** @param change such as "be approved" */
export function stateForbids(transfer: Pick<Transfer, "reference" | "status">, change: string) {
  return new PayoutConflict(
    `The transfer ${transfer.reference} can't ${change}: it ${stateWords[transfer.status]}`,
    {
      code: "transfer_state",
      details: { reference: transfer.reference, transfer_state: transfer.status },
    }
  )
}
