import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { findTillOrders, tillContext } from "../../../../../workflows/till/till-order"

/** Draft orders, and placed orders with something due, in a till's currency. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { provider_id, q } = req.validatedQuery
  const context = tillContext(req.scope, String(provider_id))
  const search = typeof q === "string" && q !== "" ? q : undefined
  res.json({ orders: await findTillOrders(req.scope, context, search) })
}
