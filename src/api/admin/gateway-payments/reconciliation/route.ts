import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { lastRunAnswer } from "../answers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(await lastRunAnswer(req.scope))
}
