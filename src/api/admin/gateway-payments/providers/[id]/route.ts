import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { providerReport } from "../../../../../workflows/providers/provider-report"
import { backendOf, providerAnswer } from "../../provider-answers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const report = await providerReport(req.scope, backendOf(req), String(req.params.id))
  res.json({ provider: providerAnswer(report) })
}
