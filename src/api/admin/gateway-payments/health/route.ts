import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { healthAnswer } from "../answers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { health } = await healthAnswer(req.scope)
  res.status(health.status === "ok" ? 200 : 503).json({ health })
}
