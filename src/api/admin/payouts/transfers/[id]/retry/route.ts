import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { retryPayoutTransferWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../../admin-route"
import { transferAnswer } from "../../../answers"
import type { AdminRetryPayoutTransferType } from "../../../validators"

export async function POST(
  req: AuthenticatedMedusaRequest<AdminRetryPayoutTransferType>,
  res: MedusaResponse
): Promise<void> {
  const { result } = await withClearConflict(
    retryPayoutTransferWorkflow(req.scope).run({
      input: { ...req.validatedBody, id: String(req.params.id), actor: req.auth_context.actor_id },
    })
  )
  res.json(await transferAnswer(req.scope, result.id))
}
