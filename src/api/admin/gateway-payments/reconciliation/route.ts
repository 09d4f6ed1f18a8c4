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
 * The last run of the reconciliation on any instance of the shop, null before the first one. `ended_at` and
 * `duration_ms` are null while it is at work, and stay so where its server died; what it had taken over is due
 * again later.
 */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "reconciliation_run",
    fields: runFields,
    pagination: { take: 1, skip: 0, order: { started_at: "DESC" } },
  })
  const [run] = data
  res.json({ last_run: run ? { ...run, duration_ms: durationOf(run) } : null })
}

/** In milliseconds. */
function durationOf({
  started_at,
  ended_at,
}: {
  started_at: Date | string
  ended_at: Date | string | null
}): number | null {
  return ended_at ? new Date(ended_at).getTime() - new Date(started_at).getTime() : null
}
