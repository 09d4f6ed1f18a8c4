import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { disablePayoutBeneficiaryWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../clear-conflict"
import { beneficiaryAnswer } from "../../answer"
import type { AdminDisablePayoutBeneficiaryType } from "../../validators"

/** Nobody is paid there any more; what was approved and not sent is canceled. */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminDisablePayoutBeneficiaryType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  await withClearConflict(
    disablePayoutBeneficiaryWorkflow(req.scope).run({
      input: { ...req.validatedBody, id, actor: req.auth_context.actor_id },
    })
  )
  res.json(await beneficiaryAnswer(req.scope, id))
}
