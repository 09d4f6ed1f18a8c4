import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { updatePayoutBeneficiaryWorkflow } from "../../../../../workflows"
import { withClearConflict } from "../../clear-conflict"
import { beneficiaryAnswer } from "../answer"
import type { AdminUpdatePayoutBeneficiaryType } from "../validators"

/** One beneficiary, with its audit lines. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(await beneficiaryAnswer(req.scope, String(req.params.id), req.queryConfig.fields))
}

/** Makes its next version; transfers approved for the one before, and not sent yet, wait for an approval again. */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminUpdatePayoutBeneficiaryType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  await withClearConflict(
    updatePayoutBeneficiaryWorkflow(req.scope).run({
      input: { id, change: req.validatedBody, actor: req.auth_context.actor_id },
    })
  )
  res.json(await beneficiaryAnswer(req.scope, id))
}
