import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf } from "../../../../../workflows/actors"
import { batchAnswer } from "../../batch-answers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  res.json(await batchAnswer(req.scope, String(req.params.id), actor))
}
