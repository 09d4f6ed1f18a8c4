import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { transferAnswer } from "../../answers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(await transferAnswer(req.scope, String(req.params.id), req.queryConfig.fields))
}
