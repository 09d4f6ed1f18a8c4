import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { fileAnswer } from "../../file-answers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(await fileAnswer(req.scope, String(req.params.id)))
}
