import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { importPayoutTransfersWorkflow } from "../../../../workflows"
import { listRows } from "../../list-rows"
import { withClearConflict } from "../clear-conflict"
import { importAnswer } from "./answer"
import type { AdminCreatePayoutImportType } from "./validators"

/**
 * @oas [get] /admin/payouts/imports
 * operationId: GetPayoutsImports
 * summary: List Imports
 * description: >-
 *   The files of transfers that were imported, and those that were refused.
 * x-authenticated: true
 * parameters:
 *   - in: query
 *     name: filters
 *     description: Each property is a query parameter of its own.
 *     style: form
 *     explode: true
 *     schema:
 *       $ref: "#/components/schemas/AdminPayoutImportFilters"
 *   - in: query
 *     name: offset
 *     description: How many to skip.
 *     schema:
 *       type: integer
 *       default: 0
 *   - in: query
 *     name: limit
 *     description: The most to be shown.
 *     schema:
 *       type: integer
 *       default: 20
 *   - in: query
 *     name: order
 *     description: The field to sort by; `-` before it sorts descending.
 *     schema:
 *       type: string
 *       default: "-created_at"
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
 *             - imports
 *             - count
 *             - offset
 *             - limit
 *           properties:
 *             imports:
 *               type: array
 *               items:
 *                 $ref: "#/components/schemas/PayoutImport"
 *             count:
 *               type: integer
 *             offset:
 *               type: integer
 *             limit:
 *               type: integer
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "500":
 *     $ref: "#/components/responses/500_error"
 */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { rows, ...page } = await listRows(req, "payout_import")
  res.json({ imports: rows, ...page })
}

/**
 * @oas [post] /admin/payouts/imports
 * operationId: PostPayoutsImports
 * summary: Import Transfers
 * description: >-
 *   Makes a transfer of each line of a CSV file. It answers when all are made; meanwhile the list of
 *   imports with the file's `digest` shows how far it is. A file with a bad line is refused as a whole,
 *   unless `allow_partial`: the answer says so by its `status` and `problems`. The same text is imported
 *   once.
 * x-authenticated: true
 * requestBody:
 *   required: true
 *   content:
 *     application/json:
 *       schema:
 *         $ref: "#/components/schemas/AdminCreatePayoutImport"
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
 *   "409":
 *     $ref: "#/components/responses/invalid_state_error"
 *   "500":
 *     $ref: "#/components/responses/500_error"
 */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminCreatePayoutImportType>,
  res: MedusaResponse
): Promise<void> {
  const { result } = await withClearConflict(
    importPayoutTransfersWorkflow(req.scope).run({
      input: { ...req.validatedBody, actor: req.auth_context.actor_id },
    })
  )
  res.json(await importAnswer(req.scope, result.id))
}
