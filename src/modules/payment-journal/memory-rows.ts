import type { CheckClaim } from "./check-claim"
import type { OperationDecision } from "./decide-operation"
import type { GatewayOperation } from "./gateway-operation"
import { checkAfter, type GatewayOrder, type GatewayOrderState } from "./gateway-order"

/** Takes over the rows whose time has come, the longest due first; without a pause, which is its lock. */
export function claimDue<Row extends { next_check_at: Date | null; checks: number }>(
  rows: readonly Row[],
  { due, limit }: CheckClaim,
  leaseEnd: Date
): Row[] {
  const claimed = rows
    .filter(({ next_check_at }) => next_check_at !== null && next_check_at <= due)
    .sort((a, b) => Number(a.next_check_at) - Number(b.next_check_at))
    .slice(0, limit)
  for (const row of claimed) {
    row.next_check_at = leaseEnd
    row.checks += 1
  }
  return claimed
}

export function changed(
  decision: Extract<OperationDecision, { type: "resume" | "adopt" }>,
  now: Date
): GatewayOperation {
  const { operation, change } = decision
  const check = decision.type === "resume" ? decision.change.lease_expires_at : undefined
  return {
    ...operation,
    ...change,
    next_check_at: check ?? operation.next_check_at,
    updated_at: now,
  }
}

/** As a JSON column gives it back: undefined dropped, dates as text. */
export function asJson(details: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(details))
}

/** What a change leaves out stays as it is, as in an UPDATE. */
export function withoutUndefined(change: object): object {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

/** See `checkAfter`. */
export function checkAt(
  { next_check_at }: GatewayOrder,
  state: GatewayOrderState,
  soon: Date
): Date | null {
  switch (checkAfter[state]) {
    case "soon":
      return next_check_at && next_check_at < soon ? next_check_at : soon
    case "again":
      return next_check_at ?? soon
    case "never":
      return null
    case undefined:
      return next_check_at
  }
}
