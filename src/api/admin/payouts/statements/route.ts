import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { importPayoutStatementWorkflow } from "../../../../workflows"
import { answersRefusals } from "../../answers-refusals"
import { listRows } from "../../read-rows"
import { statementAnswer } from "../file-answers"
import type { AdminImportPayoutStatementType } from "../file-validators"
import { withNames } from "../names"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { rows, ...page } = await listRows(req, "payout_statement")
  res.json({ statements: await withNames(req.scope, rows, ["created_by"]), ...page })
}

export const POST = answersRefusals<AdminImportPayoutStatementType>(async (req, res) => {
  const { actor_id: actor } = req.auth_context
  const { result } = await importPayoutStatementWorkflow(req.scope).run({
    input: { ...req.validatedBody, actor },
  })
  res.json({ ...(await statementAnswer(req.scope, result.id)), is_new: result.is_new })
})
