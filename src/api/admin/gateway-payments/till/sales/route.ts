import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { answersRefusals } from "../../../answers-refusals"
import { tillSaleStates } from "../../../../../modules/payment-journal/repositories/till-sales"
import { openSale } from "../../../../../workflows/till/open-sale"
import { lastSales } from "../../../../../workflows/till/read-sale"
import type { AdminOpenTillSaleType } from "../validators"

/** The last ten sales. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const state = tillSaleStates.find((known) => known === req.validatedQuery.state)
  res.json({ till_sales: await lastSales(req.scope, state) })
}

/** Opens a sale for an order or an amount. */
export const POST = answersRefusals<AdminOpenTillSaleType>(async (req, res) => {
  const actor = req.auth_context.actor_id
  res.json({ till_sale: await openSale(req.scope, { ...req.validatedBody, actor }) })
})
