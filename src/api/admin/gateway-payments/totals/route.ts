import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { paymentTotals } from "../../../../modules/payment-journal/repositories/payment-queries"
import { titleOf } from "../../../../providers/registry"
import { type AdminFilterGatewayPaymentsType, journalFilters } from "../payment-filters"

/** What the filtered orders at gateways add up to, by gateway and currency. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, AdminFilterGatewayPaymentsType>,
  res: MedusaResponse
): Promise<void> {
  const totals = await paymentTotals(
    req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION),
    await journalFilters(req.scope, req.filterableFields)
  )
  res.json({
    totals: totals.map((total) => ({ ...total, provider_title: titleOf(total.provider_id) })),
  })
}
