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

/**
 * Assumption: a second refund of one order is refused with words that say so, because Mocasa refunds an
 * order in full or not at all. Such a refusal proves that the money was given back before.
 */
export function saysAlreadyRefunded(said: { code?: string; message?: string }): boolean {
  const text = `${said.code ?? ""} ${said.message ?? ""}`.replace(/[_-]/g, " ")
  return /\b(already|previously) (been )?refunded\b|\brefunded already\b|\balready refund\b/i.test(
    text
  )
}
