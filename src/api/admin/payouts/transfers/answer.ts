import type { MedusaContainer } from "@medusajs/framework/types"
import { auditLinesOf } from "../audit-lines"
import { retrieveRow } from "../retrieve-row"
import { transferFields } from "./query-config"
import { withBeneficiaries } from "./with-beneficiaries"

/**
 * @schema PayoutTransferDetail
 * allOf:
 *   - $ref: "#/components/schemas/PayoutTransfer"
 *   - type: object
 *     properties:
 *       audit_lines:
 *         type: array
 *         items:
 *           $ref: "#/components/schemas/PayoutAuditLine"
 */

/** A transfer, whom it pays, and what was done about it besides its states, which are its events. */
export async function transferAnswer(
  container: MedusaContainer,
  id: string,
  fields = transferFields
) {
  const row = await retrieveRow(container, {
    entity: "payout_transfer",
    what: "transfer",
    id,
    fields,
  })
  const [transfer] = await withBeneficiaries(container, [row])
  return { transfer: { ...transfer, audit_lines: await auditLinesOf(container, id) } }
}
