import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listRows } from "../../read-rows"
import { withNames } from "../names"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { rows, ...page } = await listRows(req, "payout_file")
  res.json({ files: await withNames(req.scope, rows, ["created_by"]), ...page })
}
