import { meaningOf } from "../shared/meaning-of"

export type MocasaRefundOutcome = "done" | "declined" | "unknown"

/**
 * Assumption: the vendor publishes no values of `refundStatus`; these are the words its other calls and its
 * relatives use. Whatever stands in no row is not a confirmation, and never counts as refunded.
 */
const outcomes: Readonly<Record<string, MocasaRefundOutcome>> = {
  success: "done",
  processing: "unknown", // accepted, not final: asking again is all that can be done
  pending: "unknown",
  failed: "declined",
}

export function refundOutcome(refundStatus: string | null | undefined): MocasaRefundOutcome {
  return meaningOf(outcomes, refundStatus?.toLowerCase()) ?? "unknown"
}

/** Words that turn a statement into a rule or a guess: "must not be already refunded", "settled or refunded". */
const hedges = /\b(not|or|if|unless|never|cannot|can't|isn't)\b/i
const statement = /\b(already|previously) (been )?refunded\b|\brefunded already\b/i

/**
 * Assumption: a second refund of one order is refused with words that say so, because Mocasa refunds an
 * order in full or not at all. Such a refusal proves that the money was given back before; a code counts by
 * itself, the words only where they state it plainly.
 */
export function saysAlreadyRefunded(said: { code?: string; message?: string }): boolean {
  return statesIt(said.code?.replace(/[_-]/g, " ")) || statesIt(said.message)
}

function statesIt(text: string | undefined): boolean {
  return text !== undefined && statement.test(text) && !hedges.test(text)
}
