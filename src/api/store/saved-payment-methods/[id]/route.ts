import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { removeSavedMethod } from "../../../../workflows/customer-data/saved-methods"

/** Has the gateway forget one of the logged-in customer's own saved ways to pay. */
export async function DELETE(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const id = String(req.params.id)
  if (!(await removeSavedMethod(req.scope, req.auth_context.actor_id, id))) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no saved payment method ${id}`)
  }
  res.json({ id, object: "saved_payment_method", deleted: true })
}
