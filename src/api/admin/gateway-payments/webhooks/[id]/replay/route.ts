import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { replayWebhookWorkflow } from "../../../../../../workflows"
import { webhookAnswer } from "../../../answers"

/** Has a message that was given up worked on again, at once. */
export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const id = String(req.params.id)
  await replayWebhookWorkflow(req.scope).run({ input: { id, actor: req.auth_context.actor_id } })
  res.json(await webhookAnswer(req.scope, id))
}
