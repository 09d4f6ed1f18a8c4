import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { createPayoutBeneficiaryWorkflow } from "../../../../workflows"
import { listRows } from "../../list-rows"
import { withClearConflict } from "../clear-conflict"
import { beneficiaryAnswer } from "./answer"
import type { AdminCreatePayoutBeneficiaryType } from "./validators"

/** Who can be paid. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { rows, ...page } = await listRows(req, "payout_beneficiary")
  res.json({ payout_beneficiaries: rows, ...page })
}

/** Makes somebody known who can be paid; the provider is told, where its gateway has a call for it. */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminCreatePayoutBeneficiaryType>,
  res: MedusaResponse
): Promise<void> {
  const { result } = await withClearConflict(
    createPayoutBeneficiaryWorkflow(req.scope).run({
      input: { beneficiary: req.validatedBody, actor: req.auth_context.actor_id },
    })
  )
  res.json(await beneficiaryAnswer(req.scope, result.id))
}
