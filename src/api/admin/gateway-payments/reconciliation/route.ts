import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

const runFields = [
  "id",
  "started_at",
  "ended_at",
  "checked",
  "settled",
  "failed",
  "unmatched",
  "chargebacks",
  "errors",
  "given_up",
  "error",
]

/**
 * The last run of the reconciliation on any instance of the shop, null before the first one. `ended_at` is
 * null while it is at work, and stays so where its server died; what it had taken over is due again later.
 */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "reconciliation_run",
    fields: runFields,
    pagination: { take: 1, skip: 0, order: { started_at: "DESC" } },
  })
  res.json({ last_run: data[0] ?? null })
}
