import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { approvePayoutTransferWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../clear-conflict"
import { transferAnswer } from "../../answer"
import type { AdminApprovePayoutTransferType } from "../../validators"

/** Approves a transfer, which freezes its amount, currency and account. Never by who made it. */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminApprovePayoutTransferType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  await withClearConflict(
    approvePayoutTransferWorkflow(req.scope).run({
      input: { ...req.validatedBody, id, actor: req.auth_context.actor_id },
    })
  )
  res.json(await transferAnswer(req.scope, id))
}
