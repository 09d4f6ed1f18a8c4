import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { decidePayoutBeneficiaryWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../clear-conflict"
import { beneficiaryAnswer } from "../../answer"
import type { AdminDecidePayoutBeneficiaryType } from "../../validators"

/** Notes what a person found out about a beneficiary that the gateway has not accepted yet. */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminDecidePayoutBeneficiaryType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  await withClearConflict(
    decidePayoutBeneficiaryWorkflow(req.scope).run({
      input: { id, decision: req.validatedBody, actor: req.auth_context.actor_id },
    })
  )
  res.json(await beneficiaryAnswer(req.scope, id))
}
