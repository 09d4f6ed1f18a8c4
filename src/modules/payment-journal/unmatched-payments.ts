import type { AuditLine, NewAuditLine } from "./audit-line"
import type {
  NewUnmatchedPayment,
  UnmatchedPayment,
  UnmatchedSettlement,
} from "./unmatched-payment"

/**
 * Money that no order of the shop's stands for, from the moment it was found until somebody settled it. Every
 * method commits before it resolves.
 */
export interface UnmatchedPayments {
  /**
   * Of each reference and kind one entry is open, however often it is found; found again, its amounts are brought
   * up to date: more can have come. What is found after one was settled opens another for what goes beyond that;
   * what the shop itself had closed, because nothing was wrong any more, counts anew. Where nothing is left the
   * last entry is returned as it stands.
   *
   * @throws InvalidAmountError for what is no amount
   */
  note(found: NewUnmatchedPayment): Promise<{ payment: UnmatchedPayment; isNew: boolean }>

  find(id: string): Promise<UnmatchedPayment | undefined>

  /** Those of a reference that nobody settled, oldest first. */
  openOf(reference: string): Promise<UnmatchedPayment[]>

  /**
   * Settles what is open, with an audit line, both or none. Undefined where it is not open: of two who settle
   * it at once, one does.
   */
  settle(
    id: string,
    settlement: UnmatchedSettlement,
    line: NewAuditLine
  ): Promise<UnmatchedPayment | undefined>

  /** Somebody was told of it: the log, the feed, and the shop's own code. */
  markTold(id: string): Promise<void>

  /** What was found before that time and nobody was told of: the server died in between. Oldest first. */
  untold(providerId: string, before: Date, limit: number): Promise<UnmatchedPayment[]>

  /** Notes what was done or tried about a row of the journal's. */
  addLine(subjectId: string, line: NewAuditLine): Promise<AuditLine>

  /** Oldest first. */
  linesOf(subjectId: string): Promise<AuditLine[]>
}
