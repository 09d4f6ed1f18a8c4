import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { transferAnswer } from "../answer"

/** One transfer, with whom it pays and its audit lines. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(await transferAnswer(req.scope, String(req.params.id), req.queryConfig.fields))
}
