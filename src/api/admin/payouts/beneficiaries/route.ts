import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { createPayoutBeneficiaryWorkflow } from "../../../../workflows"
import { listRows } from "../../read-rows"
import { answersRefusals } from "../../answers-refusals"
import { beneficiaryAnswer } from "../beneficiary-answers"
import type { AdminCreatePayoutBeneficiaryType } from "../validators"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { rows, ...page } = await listRows(req, "payout_beneficiary")
  res.json({ beneficiaries: rows, ...page })
}

export const POST = answersRefusals<AdminCreatePayoutBeneficiaryType>(async (req, res) => {
  const { result } = await createPayoutBeneficiaryWorkflow(req.scope).run({
    input: { beneficiary: req.validatedBody, actor: req.auth_context.actor_id },
  })
  res.json(await beneficiaryAnswer(req.scope, result.id))
})
