import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { unmatchedAnswer } from "../../answers"

/** One unmatched payment, with its audit lines. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(await unmatchedAnswer(req.scope, String(req.params.id), req.queryConfig.fields))
}
