import { decimal, tryDecimal } from "../../../gateways/shared/money"
import { printableAmount } from "../../../gateways/shared/text"
import { systemActor } from "../../../shared/audit-line"
import { gatewayActor } from "../actor"
import type { PayoutGatewayDetails, PayoutReport, PayoutResult } from "../provider"
import { type CodedText, gatewayErrorOf, withGatewayError } from "./reason"
import { nextLook, nextQuestion, nextTry } from "./schedule"
import type { TransferState } from "./state"
import type { Step, Transfer, TransferChange } from "./transfer"

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
  const known = { ...gatewayDetails(result), lease_expires_at: null }
  const gatewayError = gatewayErrorOf(result)
  const byGateway = { actor: gatewayActor, ...gatewayError }
  // What is said of a call without an answer is our own word.
  const unanswered = { actor: systemActor, ...gatewayError }
  const nextAsk = nextQuestion(transfer, now) ?? now
  switch (result.outcome) {
    case "succeeded": {
      const differs = amountDifference(transfer, result)
      if (differs !== undefined) {
        const change = { ...known, next_check_at: null }
        return [
          { ...byGateway, to: "unknown", reason: differs, change },
          { ...byGateway, to: "manual_review", reason: differs },
        ]
      }
      const change = { ...known, next_check_at: nextLook(now, now) ?? null }
      return [{ ...byGateway, to: "succeeded", reason: null, change }]
    }
    case "failed": {
      const reason = withGatewayError({ text: "The gateway refused it", code: "refused" }, result)
      return [{ ...byGateway, to: "failed", reason, change: { ...known, next_check_at: null } }]
    }
    case "processing":
      return [
        {
          ...byGateway,
          to: "processing",
          reason: null,
          change: { ...known, next_check_at: nextAsk },
        },
      ]
    case "not_sent": {
      const reason = withGatewayError(
        { text: "The gateway could not be reached; it is tried again", code: "not_reached" },
        result
      )
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
      const reason = withGatewayError(
        { text: "No answer tells what became of it; the gateway is asked", code: "unanswered" },
        result
      )
      return [
        { ...unanswered, to: "unknown", reason, change: { ...known, next_check_at: nextAsk } },
      ]
    }
  }
}

/**
 * How long after the gateway first said that it does not know a transfer its second word is believed, in
 * milliseconds.
 *
 * Assumption: a gateway shows a transfer that it has taken within that time.
 */
export const notFoundGraceMs = 15 * 60_000

const cameBack: CodedText = { text: "The money came back", code: "came_back" }

type ReportDecision =
  | { type: "move"; step: Step }
  /** Nothing new; what was learnt besides, and when it is asked again. */
  | { type: "stay"; change: TransferChange }
  /** The gateway says that money moved for one that was thought to have ended otherwise; its state stays. */
  | { type: "contradiction"; change: TransferChange }

export type Asked = {
  report: PayoutReport
  /** When the question was put: an answer may be older than what was learnt meanwhile. */
  askedAt: Date
  /** When it came to `succeeded`, where it did. */
  succeededAt: Date | undefined
  /** What the gateway promises of a reference that is sent twice. */
  idempotentReference: boolean
  now: Date
}

/** What becomes of a transfer by what the gateway answers about it. */
export function decideReport(transfer: Transfer, asked: Asked): ReportDecision {
  const { report, succeededAt, askedAt, now } = asked
  if (transfer.resolved_by !== null) {
    return decideResolved(transfer, asked)
  }
  switch (transfer.status) {
    case "processing":
    case "unknown":
    case "not_found":
    case "manual_review":
      return decideOpen(transfer, asked)
    case "succeeded": {
      const since = succeededAt ?? transfer.updated_at
      // Assumption: gateways that have no word of their own for money that came back call the transfer
      // failed then. A "failed" that is older than the success is no such news.
      const isBack =
        report.outcome === "returned" || (report.outcome === "failed" && askedAt > since)
      if (!isBack) {
        const next_check_at = nextLook(since, now) ?? null
        return { type: "stay", change: { ...gatewayDetails(report), next_check_at } }
      }
      const reason = withGatewayError(cameBack, report)
      return move({ to: "returned", reason, ...byGateway(report), change: ended(report) })
    }
    case "failed":
      return report.outcome === "succeeded" || report.outcome === "processing"
        ? { type: "contradiction", change: {} }
        : { type: "stay", change: {} }
    case "awaiting_approval":
    case "approved":
    case "submitting":
    case "returned":
    case "rejected":
    case "expired":
    case "canceled":
      return { type: "stay", change: {} }
  }
}

/** Of one that has ended by a person's word: the gateway's proof counts for more, and ends the questions. */
function decideResolved(transfer: Transfer, { report, now }: Asked): ReportDecision {
  const { status, updated_at } = transfer
  const askOn: TransferChange = { next_check_at: nextLook(updated_at, now) ?? null }
  switch (report.outcome) {
    case "unknown":
    case "not_found":
      return { type: "stay", change: askOn }
    case "processing": {
      // After the week whoever said that it failed knew that the gateway calls it so: that alone is no proof, and
      // the two would overrule each other for ever. It can still pay: it is asked for as long as it says so.
      const next = nextQuestion(transfer, now)
      return status === "failed" && next !== undefined
        ? overrule(transfer, "processing", report, next)
        : { type: "stay", change: { next_check_at: nextLook(now, now) ?? null } }
    }
    case "succeeded":
      if (status === "returned" || amountDifference(transfer, report) !== undefined) {
        return { type: "contradiction", change: { next_check_at: null } }
      }
      return status === "succeeded"
        ? confirmed(report, nextLook(now, now) ?? null)
        : overrule(transfer, "succeeded", report, nextLook(now, now) ?? null)
    case "failed":
      return status === "succeeded"
        ? overrule(transfer, "failed", report, null)
        : confirmed(report, null)
    case "returned":
      if (status === "returned") {
        return confirmed(report, null)
      }
      if (status === "failed") {
        return overrule(transfer, "returned", report, null)
      }
      return move({
        to: "returned",
        reason: withGatewayError(cameBack, report),
        ...byGateway(report),
        change: ended(report),
      })
  }
}

function confirmed(report: PayoutReport, next_check_at: Date | null): ReportDecision {
  return { type: "stay", change: { ...gatewayDetails(report), resolved_by: null, next_check_at } }
}

function overrule(
  transfer: Pick<Transfer, "status">,
  to: TransferState,
  report: PayoutReport,
  next_check_at: Date | null
): ReportDecision {
  const { status } = transfer
  const { outcome } = report
  const reason = withGatewayError(
    {
      text: `A person had said that it ${status}, and the gateway says "${outcome}"`,
      code: "overruled",
      details: { transfer_state: status, outcome },
    },
    report
  )
  return move({ to, reason, ...byGateway(report), change: { ...ended(report), next_check_at } })
}

function decideOpen(transfer: Transfer, asked: Asked): ReportDecision {
  const { report, now } = asked
  switch (report.outcome) {
    case "succeeded": {
      const differs = amountDifference(transfer, report)
      if (differs !== undefined) {
        return toReview(transfer, differs, report)
      }
      const change = { ...ended(report), next_check_at: nextLook(now, now) ?? null }
      return move({ to: "succeeded", reason: null, ...byGateway(report), change })
    }
    case "returned": {
      const reason = withGatewayError(cameBack, report)
      return move({ to: "returned", reason, ...byGateway(report), change: ended(report) })
    }
    case "failed": {
      const reason = withGatewayError(
        { text: "The gateway says that it failed", code: "said_failed" },
        report
      )
      return move({ to: "failed", reason, ...byGateway(report), change: ended(report) })
    }
    case "processing": {
      const next_check_at = nextQuestion(transfer, now)
      if (next_check_at === undefined) {
        const text = "The gateway is still at work on it after seven days"
        return toReview(transfer, { text, code: "still_under_way" }, report)
      }
      const change = { ...gatewayDetails(report), next_check_at, not_found_since: null }
      return transfer.status === "processing"
        ? { type: "stay", change }
        : move({ to: "processing", reason: null, ...byGateway(report), change })
    }
    case "not_found":
      return decideNotFound(transfer, asked)
    case "unknown":
      return askAgain(transfer, report, now)
  }
}

function decideNotFound(transfer: Transfer, asked: Asked): ReportDecision {
  const { report, askedAt, idempotentReference, now } = asked
  const { status, not_found_since } = transfer
  if (status === "unknown") {
    const next_check_at = nextQuestion(transfer, now) ?? after(now, notFoundGraceMs)
    const reason = withGatewayError(
      { text: "The gateway does not know it, so far", code: "not_known_yet" },
      report
    )
    const change = { not_found_since: askedAt, next_check_at }
    return move({ to: "not_found", reason, ...byGateway(report), change })
  }
  if (status !== "not_found") {
    // It knew it before: whatever this means, it is not that nothing was sent.
    return askAgain(transfer, report, now)
  }
  const believedAt = after(not_found_since ?? transfer.updated_at, notFoundGraceMs)
  if (askedAt < believedAt) {
    const next = nextQuestion(transfer, now)
    const next_check_at = next === undefined || next > believedAt ? believedAt : next
    return { type: "stay", change: { next_check_at } }
  }
  if (idempotentReference) {
    const change = { not_found_since: null, submitted_at: null, next_check_at: now }
    const text = "The gateway does not know it, and takes a reference that comes twice as one"
    return move({
      to: "approved",
      reason: { text, code: "sent_again" },
      ...byGateway(report),
      change,
    })
  }
  const text = "The gateway says again that it does not know it"
  return toReview(transfer, { text, code: "not_known" }, report)
}

function askAgain(transfer: Transfer, report: PayoutReport, now: Date): ReportDecision {
  const next_check_at = nextQuestion(transfer, now)
  if (transfer.status === "manual_review") {
    // Where it is asked about by a timetable, because its gateway could not be asked before, that goes on.
    const next = transfer.next_check_at === null ? null : (next_check_at ?? null)
    return { type: "stay", change: { ...gatewayDetails(report), next_check_at: next } }
  }
  return next_check_at === undefined
    ? toReview(transfer, { text: "Asking for seven days told no more", code: "no_news" }, report)
    : { type: "stay", change: { ...gatewayDetails(report), next_check_at } }
}

/** From where only a person, or a proof of the gateway's, leads out. */
function toReview(transfer: Transfer, reason: CodedText, report: PayoutReport): ReportDecision {
  const change = { ...gatewayDetails(report), next_check_at: null }
  return transfer.status === "manual_review"
    ? { type: "stay", change }
    : move({
        to: "manual_review",
        actor: systemActor,
        reason: withGatewayError(reason, report),
        ...gatewayErrorOf(report),
        change,
      })
}

function move(step: Step): ReportDecision {
  return { type: "move", step }
}

function byGateway(report: PayoutReport): { actor: string; code?: string; message?: string } {
  return { actor: gatewayActor, ...gatewayErrorOf(report) }
}

function ended(report: PayoutReport): TransferChange {
  return { ...gatewayDetails(report), next_check_at: null, not_found_since: null }
}

function after(date: Date, milliseconds: number): Date {
  return new Date(date.getTime() + milliseconds)
}

/** What the gateway told of the transfer besides what became of it. */
function gatewayDetails({ gatewayId, fee }: PayoutGatewayDetails): TransferChange {
  return {
    ...(gatewayId ? { gateway_id: gatewayId } : {}),
    ...(fee !== undefined && tryDecimal(fee) !== undefined ? { gateway_fee: fee } : {}),
  }
}

/** How what the gateway says it sent differs from what it was told to; undefined where it does not. */
export function amountDifference(
  { amount, currency_code }: Pick<Transfer, "amount" | "currency_code">,
  details: PayoutGatewayDetails
): CodedText | undefined {
  const isOtherAmount =
    details.amount !== undefined && tryDecimal(details.amount) !== decimal(amount)
  const isOtherCurrency =
    details.currencyCode !== undefined && details.currencyCode.toLowerCase() !== currency_code
  if (!isOtherAmount && !isOtherCurrency) {
    return undefined
  }
  const told = `${amount} ${currency_code}`
  const said =
    printableAmount(`${details.amount ?? amount} ${details.currencyCode ?? currency_code}`, 60) ??
    ""
  return {
    text:
      `The gateway says that it sent ${said}, and it was told to send ${told}. ` +
      "Find out at the gateway what was sent",
    code: "other_amount",
    details: { said, told },
  }
}
