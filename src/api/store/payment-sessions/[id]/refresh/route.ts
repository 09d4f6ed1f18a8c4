import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { referencesOfSession } from "../../../../../modules/payment-journal/references"
import { journalOf } from "../../../../../providers/registry"
import { paymentState } from "../../../../payment-state"

/**
 * For a storefront whose shopper waits: asks the gateway whether the payment was made, completes the cart if
 * so, and answers the state and nothing else. It may be called as often as a page likes; the gateway is asked
 * once in two seconds.
 */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const id = String(req.params.id)
  const journal = journalOf(req.scope)
  const [newest] = await journal.ordersOfSession(id)
  // A tab whose session is gone, and whose payment belongs to another one by now, gets the state of that payment.
  const [moved] = newest ? [] : await journal.findOrders(referencesOfSession(id))
  const order = newest ?? moved
  if (!order) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no payment session ${id}`)
  }
  res.json({ payment_session: { id, state: await paymentState(req.scope, order) } })
}
