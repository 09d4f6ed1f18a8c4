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
   * Written once for each reference and kind, however often it is found. Found again while it is open, its
   * amounts are brought up to date: more can have come.
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

  /** Notes what was done or tried about a row of the journal's. */
  addLine(subjectId: string, line: NewAuditLine): Promise<AuditLine>

  /** Oldest first. */
  linesOf(subjectId: string): Promise<AuditLine[]>
}
