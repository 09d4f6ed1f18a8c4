import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { importPayoutTransfersWorkflow } from "../../../../workflows"
import { listRows } from "../../read-rows"
import { answersRefusals } from "../../answers-refusals"
import { importAnswer } from "../import-answers"
import type { AdminCreatePayoutImportType } from "../validators"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { rows, ...page } = await listRows(req, "payout_import")
  res.json({ imports: rows, ...page })
}

export const POST = answersRefusals<AdminCreatePayoutImportType>(async (req, res) => {
  const { result } = await importPayoutTransfersWorkflow(req.scope).run({
    input: { ...req.validatedBody, actor: req.auth_context.actor_id },
  })
  res.json({ ...(await importAnswer(req.scope, result.id)), is_new: result.is_new })
})
