import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { updatePayoutBeneficiaryWorkflow } from "../../../../../workflows"
import { actionInput, answersRefusals } from "../../../answers-refusals"
import { beneficiaryAnswer } from "../../beneficiary-answers"
import type { AdminUpdatePayoutBeneficiaryType } from "../../validators"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(await beneficiaryAnswer(req.scope, String(req.params.id), req.queryConfig.fields))
}

export const POST = answersRefusals<AdminUpdatePayoutBeneficiaryType>(async (req, res) => {
  const { id, actor, ...change } = actionInput(req)
  await updatePayoutBeneficiaryWorkflow(req.scope).run({ input: { id, change, actor } })
  res.json(await beneficiaryAnswer(req.scope, id))
})
