import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf, payoutsOf } from "../../../../../workflows/payout/payouts-of"
import { readImportFile } from "../../../../../workflows/payout/read-import-file"
import type { AdminCheckPayoutImportType } from "../validators"

/**
 * @oas [post] /admin/payouts/imports/check
 * operationId: PostPayoutsImportsCheck
 * summary: Check a File of Transfers
 * description: >-
 *   Says what is wrong in which line of a file, and makes nothing.
 * x-authenticated: true
 * requestBody:
 *   required: true
 *   content:
 *     application/json:
 *       schema:
 *         $ref: "#/components/schemas/AdminCheckPayoutImport"
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
 *             - check
 *           properties:
 *             check:
 *               type: object
 *               required:
 *                 - good
 *                 - problems
 *               properties:
 *                 good:
 *                   type: integer
 *                 problems:
 *                   type: array
 *                   items:
 *                     $ref: "#/components/schemas/PayoutImportProblem"
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "500":
 *     $ref: "#/components/responses/500_error"
 */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminCheckPayoutImportType>,
  res: MedusaResponse
): Promise<void> {
  const { lines, problems } = readImportFile(req.validatedBody.csv)
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  const found = await payoutsOf(req.scope).checkImport(lines, actor)
  const refused = new Set(found.map(({ line }) => line))
  res.json({
    check: {
      good: lines.filter(({ line }) => !refused.has(line)).length,
      problems: [...problems, ...found].sort((one, other) => one.line - other.line),
    },
  })
}
