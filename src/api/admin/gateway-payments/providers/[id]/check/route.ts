import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { checkProviderWorkflow } from "../../../../../../workflows/providers/check-provider"
import { providerReport } from "../../../../../../workflows/providers/provider-report"
import { backendOf, providerAnswer } from "../../../provider-answers"

export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const id = String(req.params.id)
  const input = { id, actor: req.auth_context.actor_id }
  await checkProviderWorkflow(req.scope).run({ input })
  const report = await providerReport(req.scope, backendOf(req), id)
  res.json({ provider: providerAnswer(report) })
}
