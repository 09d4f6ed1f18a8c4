import type { MedusaContainer } from "@medusajs/framework/types"
import { auditLinesOf } from "../audit-lines"
import { retrieveRow } from "../retrieve-row"
import { beneficiaryFields } from "./query-config"

/**
 * @schema PayoutBeneficiaryDetail
 * allOf:
 *   - $ref: "#/components/schemas/PayoutBeneficiary"
 *   - type: object
 *     properties:
 *       audit_lines:
 *         type: array
 *         items:
 *           $ref: "#/components/schemas/PayoutAuditLine"
 */

/** A beneficiary as of its newest version, with all that was done about it. */
export async function beneficiaryAnswer(
  container: MedusaContainer,
  id: string,
  fields = beneficiaryFields
) {
  const row = await retrieveRow(container, {
    entity: "payout_beneficiary",
    what: "beneficiary",
    id,
    fields,
  })
  return { beneficiary: { ...row, audit_lines: await auditLinesOf(container, id) } }
}
