import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { importAnswer } from "../answer"

/**
 * @oas [get] /admin/payouts/imports/{id}
 * operationId: GetPayoutsImportsId
 * summary: Get an Import
 * description: >-
 *   How far an import is, what is wrong in which line, and what became of its transfers.
 * x-authenticated: true
 * parameters:
 *   - in: path
 *     name: id
 *     required: true
 *     description: The import's ID.
 *     schema:
 *       type: string
 *   - in: query
 *     name: fields
 *     description: Comma-separated fields to be shown; with `+` or `-` before each, added to or left out of what is shown without.
 *     schema:
 *       type: string
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
 *       application/json:
 *         schema:
 *           type: object
 *           required:
 *             - import
 *           properties:
 *             import:
 *               $ref: "#/components/schemas/PayoutImportDetail"
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 *   "500":
 *     $ref: "#/components/responses/500_error"
 */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(await importAnswer(req.scope, String(req.params.id), req.queryConfig.fields))
}
