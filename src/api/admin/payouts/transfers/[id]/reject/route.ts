import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { rejectPayoutTransferWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../clear-conflict"
import { transferAnswer } from "../../answer"
import type { AdminRejectPayoutTransferType } from "../../validators"

/** Says no to a transfer that waits for an approval. */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminRejectPayoutTransferType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  await withClearConflict(
    rejectPayoutTransferWorkflow(req.scope).run({
      input: { ...req.validatedBody, id, actor: req.auth_context.actor_id },
    })
  )
  res.json(await transferAnswer(req.scope, id))
}
