import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listRows } from "../../read-rows"

/** Money that no order stands for, and refunds that are due. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { rows, ...page } = await listRows(req, "payment_exception")
  res.json({ payment_exceptions: rows, ...page })
}
