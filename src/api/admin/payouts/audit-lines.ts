import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/**
 * @schema PayoutAuditLine
 * type: object
 * properties:
 *   id:
 *     type: string
 *   actor:
 *     type: string
 *   action:
 *     type: string
 *   note:
 *     type: string
 *     nullable: true
 *   created_at:
 *     type: string
 *     format: date-time
 */

/** Who looked, who decided and what a gateway contradicted, oldest first. */
export async function auditLinesOf(container: MedusaContainer, subjectId: string) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payout_audit_line",
    fields: ["id", "actor", "action", "note", "created_at"],
    filters: { subject_id: subjectId },
    pagination: { order: { created_at: "ASC" } },
  })
  return data
}
