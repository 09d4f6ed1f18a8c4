import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { endPayoutImportWorkflow } from "../../../../../../workflows"
import { answersRefusals } from "../../../../answers-refusals"
import { importAnswer } from "../../../import-answers"
import type { AdminEndPayoutImportType } from "../../../validators"

export const POST = answersRefusals(
  async (
    req: AuthenticatedMedusaRequest<AdminEndPayoutImportType>,
    res: MedusaResponse
  ): Promise<void> => {
    const id = String(req.params.id)
    const input = { ...req.validatedBody, id, actor: req.auth_context.actor_id }
    await endPayoutImportWorkflow(req.scope).run({ input })
    res.json(await importAnswer(req.scope, id))
  }
)
