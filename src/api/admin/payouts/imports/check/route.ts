import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { ImportSum } from "../../../../../modules/payout/payout-import"
import type { Payouts } from "../../../../../modules/payout/payouts"
import { actorOf } from "../../../../../workflows/payout/actor-of"
import { payoutsOf } from "../../../../../workflows/payout/payouts-of"
import { readImportFile } from "../../../../../workflows/payout/read-import-file"
import type { AdminCheckPayoutImportType } from "../validators"

/**
 * @oas [post] /admin/payouts/imports/check
 * operationId: PostPayoutsImportsCheck
 * summary: Check a File of Transfers
 * description: >-
 *   Says what is wrong in which line of a file, what the good lines add up to, and how much there is to send
 *   where the gateway tells it. Makes nothing.
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
 *                 - sums
 *               properties:
 *                 good:
 *                   type: integer
 *                 problems:
 *                   type: array
 *                   items:
 *                     $ref: "#/components/schemas/PayoutImportProblem"
 *                 sums:
 *                   type: array
 *                   items:
 *                     type: object
 *                     required:
 *                       - provider_id
 *                       - currency_code
 *                       - count
 *                       - amount
 *                       - available
 *                     properties:
 *                       provider_id:
 *                         type: string
 *                       currency_code:
 *                         type: string
 *                       count:
 *                         type: integer
 *                       amount:
 *                         type: string
 *                         description: Exact, in major units.
 *                       available:
 *                         type: string
 *                         nullable: true
 *                         description: >-
 *                           What the gateway says that can be sent now; null where it does not tell, or could not
 *                           be asked.
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
  const payouts = payoutsOf(req.scope)
  const found = await payouts.checkImport(lines, actor)
  const refused = new Set(found.problems.map(({ line }) => line))
  res.json({
    check: {
      good: lines.filter(({ line }) => !refused.has(line)).length,
      problems: [...problems, ...found.problems].sort((one, other) => one.line - other.line),
      sums: await Promise.all(
        found.sums.map(async (sum) => ({ ...sum, available: await availableFor(payouts, sum) }))
      ),
    },
  })
}

/** Null where the gateway does not tell; the file is checked all the same. */
async function availableFor(
  payouts: Payouts,
  { provider_id, currency_code }: ImportSum
): Promise<string | null> {
  if (!payouts.provider(provider_id).capabilities.tellsBalance) {
    return null
  }
  // That it could not be asked is logged by the module.
  const balances = await payouts.retrieveBalance(provider_id).catch(() => [])
  return balances.find(({ currencyCode }) => currencyCode === currency_code)?.available ?? null
}
