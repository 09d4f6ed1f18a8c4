import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { refreshPayoutTransferWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../clear-conflict"
import { transferAnswer } from "../../answer"

/** Asks the gateway now what became of a transfer. */
export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const id = String(req.params.id)
  await withClearConflict(
    refreshPayoutTransferWorkflow(req.scope).run({
      input: { id, actor: req.auth_context.actor_id },
    })
  )
  res.json(await transferAnswer(req.scope, id))
}
