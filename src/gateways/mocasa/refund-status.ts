import { meaningOf } from "../shared/messages"

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

const code = /^((order|payment|transaction|tx)[ _-])?already[ _-]refunded$/i
const statement =
  /^((the|this) )?((order|payment|transaction)( (?=\S*\d)[a-z0-9-]+)? )?((has|was|is) )?((already|previously) (been )?refunded|refunded already)[.!]?$/i

/**
 * Assumption: a second refund of one order is refused with words that say so, because Mocasa refunds an
 * order in full or not at all. Such a refusal proves that the money was given back before. Only a code or a
 * whole sentence that says just that counts: a rule ("must not be already refunded") or a part of it proves
 * nothing, and a false proof would cost the shopper the money.
 */
export function saysAlreadyRefunded(said: { code?: string; message?: string }): boolean {
  return code.test(said.code ?? "") || statement.test(said.message?.trim() ?? "")
}
