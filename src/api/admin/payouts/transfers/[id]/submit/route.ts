import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { submitPayoutTransferWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../clear-conflict"
import { transferAnswer } from "../../answer"

/** Sends an approved transfer now, once, however often it is called. */
export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const id = String(req.params.id)
  await withClearConflict(
    submitPayoutTransferWorkflow(req.scope).run({ input: { id, actor: req.auth_context.actor_id } })
  )
  res.json(await transferAnswer(req.scope, id))
}
