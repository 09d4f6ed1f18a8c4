import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { transferPages } from "./transfer-pages"
import { writeTransfersCsv } from "./transfers-csv"

/**
 * @oas [get] /admin/payouts/transfers/export
 * operationId: GetPayoutsTransfersExport
 * summary: Export Transfers
 * description: >-
 *   The transfers that the list's filters let through, as a CSV file, oldest first; amounts are exact.
 *   Where something fails in the middle the connection breaks off, so that nobody takes half a file for
 *   the whole.
 * x-authenticated: true
 * parameters:
 *   - in: query
 *     name: filters
 *     description: Each property is a query parameter of its own.
 *     style: form
 *     explode: true
 *     schema:
 *       $ref: "#/components/schemas/AdminPayoutTransferFilters"
 * security:
 *   - api_token: []
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - Payouts
 * responses:
 *   "200":
 *     description: OK
 *     content:
 *       text/csv:
 *         schema:
 *           type: string
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "500":
 *     $ref: "#/components/responses/500_error"
 */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.setHeader("content-type", "text/csv; charset=utf-8")
  res.setHeader("content-disposition", 'attachment; filename="payout-transfers.csv"')
  res.setHeader("cache-control", "no-store")
  try {
    await writeTransfersCsv(transferPages(req.scope, req.filterableFields), res)
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown error"
    req.scope
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(`An export of payout transfers broke off: ${reason}`)
  }
}
