import { z } from "zod"
import { readRow, time } from "./database"

/** One thing that a person or the shop's code did about money. Lines are only ever added. */
const auditLineRow = z.object({
  id: z.string(),
  /** The row it is about: a payment exception, an operation of the journal. */
  subject_id: z.string(),
  /** An admin's id, or `system`. */
  actor: z.string(),
  /** What was done, in one word or two, such as `refunded`. */
  action: z.string(),
  note: z.string().nullable(),
  created_at: time,
})

export type AuditLine = z.infer<typeof auditLineRow>

/** @param table whose row it is */
export function toAuditLine(table: string, row: unknown): AuditLine {
  return readRow(table, auditLineRow, row)
}

export type NewAuditLine = Pick<AuditLine, "actor" | "action" | "note">

/** Who acts where no person does. */
export const systemActor = "system"
