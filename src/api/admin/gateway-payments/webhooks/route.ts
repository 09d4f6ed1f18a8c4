import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listRows } from "../../read-rows"

/** What gateways sent; with `state=dead`, what was given up and waits for a person. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { rows, ...page } = await listRows(req, "webhook_event")
  res.json({ webhooks: rows, ...page })
}
