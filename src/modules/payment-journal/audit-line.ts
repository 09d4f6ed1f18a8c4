/** One thing that somebody did about money. Lines are only ever added. */
export type AuditLine = {
  id: string
  /** The row it is about: an unmatched payment, an operation of the journal. */
  subject_id: string
  /** An admin's id, or `system`. */
  actor: string
  /** What was done, in one word or two, such as `refunded`. */
  action: string
  note: string | null
  created_at: Date
}

export type NewAuditLine = Pick<AuditLine, "actor" | "action" | "note">

/** Who acts where no person does. */
export const systemActor = "system"
