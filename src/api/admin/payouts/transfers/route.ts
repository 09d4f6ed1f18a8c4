import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { createPayoutTransferWorkflow } from "../../../../workflows"
import { listRows } from "../../read-rows"
import { answersRefusals } from "../../answers-refusals"
import { transferAnswer, transferRowFilters, withBeneficiaries, withReasonCodes } from "../answers"
import type { AdminCreatePayoutTransferType } from "../validators"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  req.filterableFields = transferRowFilters(req.filterableFields)
  const { rows, ...page } = await listRows(req, "payout_transfer")
  const transfers = await withReasonCodes(req.scope, await withBeneficiaries(req.scope, rows))
  res.json({ transfers, ...page })
}

export const POST = answersRefusals<AdminCreatePayoutTransferType>(async (req, res) => {
  const { result } = await createPayoutTransferWorkflow(req.scope).run({
    input: { ...req.validatedBody, actor: req.auth_context.actor_id },
  })
  const answer = await transferAnswer(req.scope, result.transfer.id)
  res.json({ ...answer, is_new: result.isNew })
})
