import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { importAnswer } from "../../import-answers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(await importAnswer(req.scope, String(req.params.id), req.queryConfig.fields))
}
