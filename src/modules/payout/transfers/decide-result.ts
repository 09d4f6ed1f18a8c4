import { systemActor } from "../../../shared/audit-line"
import type { PayoutResult } from "../payout-provider"
import { gatewayActor } from "../payouts"
import type { Step } from "../store/transfers"
import type { Transfer } from "../transfer"
import { difference, learnt, withWords, wordsOf } from "./facts"
import { nextLook, nextQuestion, nextTry } from "./timetable"

/**
 * What becomes of a transfer by the answer to the call that sent it: the steps to take, in this order.
 *
 * @param failedTries how often it was tried and not sent before
 */
export function decideResult(
  transfer: Pick<Transfer, "amount" | "currency_code" | "submitted_at">,
  result: PayoutResult,
  failedTries: number,
  now: Date
): Step[] {
  const known = { ...learnt(result), lease_expires_at: null }
  const words = wordsOf(result)
  const said = { actor: gatewayActor, ...words }
  // What is said of a call without an answer is our own word.
  const unanswered = { actor: systemActor, ...words }
  const nextAsk = nextQuestion(transfer, now) ?? now
  switch (result.outcome) {
    case "succeeded": {
      const differs = difference(transfer, result)
      if (differs !== undefined) {
        const change = { ...known, next_check_at: null }
        return [
          { ...said, to: "unknown", reason: differs, change },
          { ...said, to: "manual_review", reason: differs },
        ]
      }
      const change = { ...known, next_check_at: nextLook(now, now) ?? null }
      return [{ ...said, to: "succeeded", reason: null, change }]
    }
    case "failed": {
      const reason = withWords("The gateway refused it", result)
      return [{ ...said, to: "failed", reason, change: { ...known, next_check_at: null } }]
    }
    case "processing":
      return [
        { ...said, to: "processing", reason: null, change: { ...known, next_check_at: nextAsk } },
      ]
    case "not_sent": {
      const reason = withWords("The gateway could not be reached; it is tried again", result)
      const next_check_at = nextTry(failedTries + 1, now)
      return [
        {
          ...unanswered,
          to: "approved",
          reason,
          change: { ...known, submitted_at: null, next_check_at },
        },
      ]
    }
    case "unknown": {
      const reason = withWords("No answer tells what became of it; the gateway is asked", result)
      return [
        { ...unanswered, to: "unknown", reason, change: { ...known, next_check_at: nextAsk } },
      ]
    }
  }
}
