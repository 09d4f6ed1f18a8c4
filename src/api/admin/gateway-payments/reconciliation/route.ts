import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { runFields } from "../answers"

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
