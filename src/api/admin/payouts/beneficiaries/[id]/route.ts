import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { updatePayoutBeneficiaryWorkflow } from "../../../../../workflows"
import { onBeneficiary } from "../../actions"
import { beneficiaryAnswer } from "../../beneficiary-answers"
import type { AdminUpdatePayoutBeneficiaryType } from "../../validators"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(await beneficiaryAnswer(req.scope, String(req.params.id), req.queryConfig.fields))
}

export const POST = onBeneficiary<AdminUpdatePayoutBeneficiaryType>(
  (container, { id, actor, ...change }) =>
    updatePayoutBeneficiaryWorkflow(container).run({ input: { id, change, actor } })
)
