import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { cancelPayoutTransferWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../clear-conflict"
import { transferAnswer } from "../../answer"
import type { AdminCancelPayoutTransferType } from "../../validators"

/** Takes an approved transfer back before it is sent. */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminCancelPayoutTransferType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  await withClearConflict(
    cancelPayoutTransferWorkflow(req.scope).run({
      input: { ...req.validatedBody, id, actor: req.auth_context.actor_id },
    })
  )
  res.json(await transferAnswer(req.scope, id))
}
