import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { resolvePayoutTransferWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../clear-conflict"
import { transferAnswer } from "../../answer"
import type { AdminResolvePayoutTransferType } from "../../validators"

/** Notes what a person found out about a transfer that asking can't settle, or that its money came back. */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminResolvePayoutTransferType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  await withClearConflict(
    resolvePayoutTransferWorkflow(req.scope).run({
      input: { ...req.validatedBody, id, actor: req.auth_context.actor_id },
    })
  )
  res.json(await transferAnswer(req.scope, id))
}
