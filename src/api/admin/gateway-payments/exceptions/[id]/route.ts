import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { exceptionAnswer } from "../../exception-answers"

/** One payment exception, with all that a person needs to decide about it. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { actor_id } = req.auth_context
  res.json(
    await exceptionAnswer(req.scope, String(req.params.id), actor_id, req.queryConfig.fields)
  )
}
