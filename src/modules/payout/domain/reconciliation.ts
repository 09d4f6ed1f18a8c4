import { decimal, tryDecimal } from "../../../gateways/shared/money"
import type { PayoutReport } from "../provider"
import { amountDifference } from "./decisions"
import type { CodedText } from "./reason"
import type { TransferState } from "./state"
import type { Transfer } from "./transfer"

/** What became of a transfer when it was held against its gateway's answer. */
export type Comparison =
  /** Both say the same, or the gateway has settled it now. */
  | { type: "agreed" | "settled" }
  /** Neither has an end of it yet: it is looked at again tomorrow. */
  | { type: "open" }
  /** The gateway could not be asked, or its answer tells nothing: it is asked again tomorrow. */
  | { type: "unanswered" }
  | ({ type: "different" } & Difference)

/** `state`: whether the money was moved; `amount`: how much, in which currency; `fee`: what the gateway took for it */
export const differenceCodes = ["state", "amount", "fee"] as const

type Difference = { code: (typeof differenceCodes)[number]; what: CodedText }

const openStates: readonly TransferState[] = [
  "submitting",
  "processing",
  "unknown",
  "not_found",
  "manual_review",
]

/**
 * @param before what stood in the shop when the gateway was asked
 * @param after what stands there since its answer was booked
 */
export function compareWithReport(
  before: Transfer,
  after: Pick<Transfer, "status">,
  report: PayoutReport
): Comparison {
  if (report.outcome === "unknown") {
    return { type: "unanswered" }
  }
  if (openStates.includes(before.status)) {
    return { type: openStates.includes(after.status) ? "open" : "settled" }
  }
  const difference = agrees(before.status, report.outcome)
    ? detailDifference(before, report)
    : stateDifference(before, report)
  return difference ? { type: "different", ...difference } : { type: "agreed" }
}

function agrees(status: TransferState, outcome: PayoutReport["outcome"]): boolean {
  switch (status) {
    case "succeeded":
      return outcome === "succeeded"
    // Assumption: a gateway that refused a transfer may keep nothing of it.
    case "failed":
      return outcome === "failed" || outcome === "not_found"
    // Gateways that have no word for money that came back call it failed.
    case "returned":
      return outcome === "returned" || outcome === "failed"
    default:
      return false
  }
}

function stateDifference({ status }: Transfer, { outcome }: PayoutReport): Difference {
  return {
    code: "state",
    what: {
      text: `The shop has it as ${status}, and the gateway says "${outcome}"`,
      code: "state_differs",
      details: { transfer_state: status, outcome },
    },
  }
}

/** Of money that both say was moved, how what the gateway says of it differs from what stands in the shop. */
function detailDifference(transfer: Transfer, report: PayoutReport): Difference | undefined {
  if (report.outcome !== "succeeded") {
    return undefined
  }
  const { gateway_fee, currency_code } = transfer
  const fee = report.fee === undefined ? undefined : tryDecimal(report.fee)
  const amount = amountDifference(transfer, report)
  if (amount !== undefined) {
    return { code: "amount", what: amount }
  }
  return gateway_fee !== null && fee !== undefined && decimal(gateway_fee) !== fee
    ? {
        code: "fee",
        what: {
          text: `The gateway took a fee of ${fee}, and had told ${decimal(gateway_fee)} before`,
          code: "fee_differs",
          details: {
            fee: `${fee} ${currency_code}`,
            fee_before: `${decimal(gateway_fee)} ${currency_code}`,
          },
        },
      }
    : undefined
}
