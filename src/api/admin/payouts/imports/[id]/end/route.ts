import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { endPayoutImportWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../../admin-route"
import { importAnswer } from "../../../import-answers"
import type { AdminEndPayoutImportType } from "../../../validators"

export async function POST(
  req: AuthenticatedMedusaRequest<AdminEndPayoutImportType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  const input = { ...req.validatedBody, id, actor: req.auth_context.actor_id }
  await withClearConflict(endPayoutImportWorkflow(req.scope).run({ input }))
  res.json(await importAnswer(req.scope, id))
}
