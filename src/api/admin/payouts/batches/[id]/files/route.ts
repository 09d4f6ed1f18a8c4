import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { makePayoutFilesWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../../admin-route"
import { filesOfBatchAnswer } from "../../../file-answers"
import type { AdminMakePayoutFilesType } from "../../../file-validators"

export async function POST(
  req: AuthenticatedMedusaRequest<AdminMakePayoutFilesType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  const { actor_id: actor } = req.auth_context
  const { result } = await withClearConflict(
    makePayoutFilesWorkflow(req.scope).run({ input: { ...req.validatedBody, id, actor } })
  )
  res.json({
    files: await filesOfBatchAnswer(req.scope, id),
    made: result.made.map((file) => file.id),
    left_out: result.left_out,
  })
}
