import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { eraseCustomerDataWorkflow } from "../../../../../../workflows"

/** Erases what is kept of one customer and needs not be kept; what is left is told with its reason. */
export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { result } = await eraseCustomerDataWorkflow(req.scope).run({
    input: { customer_id: String(req.params.id), actor: req.auth_context.actor_id },
  })
  res.json({ erasure: result })
}
