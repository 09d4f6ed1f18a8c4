import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { resolvePayoutFileWorkflow } from "../../../../../../workflows"
import { answersRefusals } from "../../../../answers-refusals"
import { fileAnswer } from "../../../file-answers"
import type { AdminResolvePayoutFileType } from "../../../file-validators"

export const POST = answersRefusals(
  async (
    req: AuthenticatedMedusaRequest<AdminResolvePayoutFileType>,
    res: MedusaResponse
  ): Promise<void> => {
    const id = String(req.params.id)
    const { actor_id: actor } = req.auth_context
    await resolvePayoutFileWorkflow(req.scope).run({ input: { ...req.validatedBody, id, actor } })
    res.json(await fileAnswer(req.scope, id))
  }
)
