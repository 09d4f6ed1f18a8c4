import type { MedusaContainer } from "@medusajs/framework/types"
import { payoutsOf } from "../../../../workflows/payout/payouts-of"
import { retrieveRow } from "../retrieve-row"
import { importFields } from "./query-config"

/**
 * @schema PayoutImportDetail
 * allOf:
 *   - $ref: "#/components/schemas/PayoutImport"
 *   - type: object
 *     properties:
 *       transfers:
 *         type: object
 *         additionalProperties:
 *           type: integer
 *         description: How many of its transfers are in which state.
 */

/** An import, and what became of its transfers since: how many there are in which state. */
export async function importAnswer(container: MedusaContainer, id: string, fields = importFields) {
  const row = await retrieveRow(container, {
    entity: "payout_import",
    what: "import",
    id,
    fields,
  })
  const totals = await payoutsOf(container).totals({ import_id: id })
  const transfers: Record<string, number> = {}
  for (const { status, count } of totals) {
    transfers[status] = (transfers[status] ?? 0) + count
  }
  return { import: { ...row, transfers } }
}
