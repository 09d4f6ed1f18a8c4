import type { OperationStart } from "../gateway-operation"
import { neverAsked, openedOrder, refundOf, type JournalUnderTest } from "./journal-fixtures"

async function settledRefund({ journal }: JournalUnderTest, state: "done" | "unknown") {
  const order = await openedOrder(journal)
  const start = await journal.beginOperation(refundOf(order), neverAsked)
  const { reference } = expectOperation(start).operation
  await journal.settleOperation(reference, { state })
  return { order, reference }
}

export const unknownRefund = (subject: JournalUnderTest) => settledRefund(subject, "unknown")
export const doneRefund = (subject: JournalUnderTest) => settledRefund(subject, "done")

export function expectOperation(start: OperationStart) {
  if (start.type === "over_limit") {
    throw new Error("There is no operation: the amount is over the limit")
  }
  return start
}

export function countTypes(
  starts: OperationStart[]
): Partial<Record<OperationStart["type"], number>> {
  const counts: Partial<Record<OperationStart["type"], number>> = {}
  for (const { type } of starts) {
    counts[type] = (counts[type] ?? 0) + 1
  }
  return counts
}
