import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { exportCustomerDataWorkflow } from "../../../../../../workflows"

/** All that is kept of one customer. By POST: each call leaves an audit line. */
export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { result } = await exportCustomerDataWorkflow(req.scope).run({
    input: { customer_id: String(req.params.id), actor: req.auth_context.actor_id },
  })
  res.setHeader("cache-control", "no-store")
  res.json({ customer_data: result })
}
