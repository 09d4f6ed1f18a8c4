import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { webhookAnswer } from "../../answers"

/** One message of a gateway's, with its body while it is kept. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(await webhookAnswer(req.scope, String(req.params.id), req.queryConfig.fields))
}
