/** What was sent, found and done about orders at gateways, for people to read; nothing here decides about money. */
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { type AuditLine, toAuditLine } from "../../../shared/audit-line"
import { type PaymentException, toPaymentException } from "./exceptions"
import { toWebhookEvent, type WebhookEventRow } from "./inbox"

/** The last messages about any of these references, newest first. */
export async function messagesAbout(
  database: Knex,
  references: readonly string[],
  atMost: number
): Promise<WebhookEventRow[]> {
  const rows = await database("webhook_event")
    .whereIn("reference", references)
    .orderBy([
      { column: "created_at", order: "desc" },
      { column: "id", order: "desc" },
    ])
    .limit(atMost)
  return rows.map(toWebhookEvent)
}

/** All entries of the list of payment exceptions about any of these references, newest first. */
export async function exceptionsAbout(
  database: Knex,
  references: readonly string[]
): Promise<PaymentException[]> {
  const rows = await database("payment_exception")
    .whereIn("reference", references)
    .orderBy([
      { column: "created_at", order: "desc" },
      { column: "id", order: "desc" },
    ])
  return rows.map(toPaymentException)
}

/** What people and the shop's code did about any of these rows, newest first. */
export async function auditLinesAbout(
  database: Knex,
  subjectIds: readonly string[]
): Promise<AuditLine[]> {
  const rows = await database("gateway_audit_line")
    .whereIn("subject_id", subjectIds)
    .orderBy([
      { column: "created_at", order: "desc" },
      { column: "id", order: "desc" },
    ])
  return rows.map((row) => toAuditLine("gateway_audit_line", row))
}
