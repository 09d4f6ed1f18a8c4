import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { makePayoutFilesWorkflow } from "../../../../../../workflows"
import { answersRefusals } from "../../../../answers-refusals"
import { filesOfBatchAnswer } from "../../../file-answers"
import type { AdminMakePayoutFilesType } from "../../../file-validators"

export const POST = answersRefusals(
  async (
    req: AuthenticatedMedusaRequest<AdminMakePayoutFilesType>,
    res: MedusaResponse
  ): Promise<void> => {
    const id = String(req.params.id)
    const { actor_id: actor } = req.auth_context
    const { result } = await makePayoutFilesWorkflow(req.scope).run({
      input: { ...req.validatedBody, id, actor },
    })
    res.json({
      files: await filesOfBatchAnswer(req.scope, id),
      made: result.made.map((file) => file.id),
      left_out: result.left_out,
    })
  }
)
