import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { NewAuditLine } from "../../../shared/audit-line"

const table = "payout_audit_line"

export async function addAuditLine(
  database: Knex,
  { now, newUlid }: { now: Date; newUlid: () => string },
  subjectId: string,
  line: NewAuditLine
): Promise<void> {
  await database(table).insert({
    id: `poaud_${newUlid()}`,
    subject_id: subjectId,
    actor: line.actor,
    action: line.action,
    note: line.note,
    created_at: now,
    updated_at: now,
  })
}
