import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { providerReports } from "../../../../workflows/providers/provider-report"
import { backendOf, providerAnswer } from "../provider-answers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const reports = await providerReports(req.scope, backendOf(req))
  res.json({ providers: reports.map(providerAnswer), count: reports.length })
}
