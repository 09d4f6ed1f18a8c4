import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { importAnswer } from "../answer"

/** How far an import is, what is wrong in which line, and what became of its transfers. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(await importAnswer(req.scope, String(req.params.id), req.queryConfig.fields))
}
