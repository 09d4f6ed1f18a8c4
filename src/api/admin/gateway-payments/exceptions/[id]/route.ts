import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { exceptionAnswer } from "../../answers"

/** One payment exception, with its audit lines. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(await exceptionAnswer(req.scope, String(req.params.id), req.queryConfig.fields))
}
