import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { answerCsv } from "../../csv"
import { paymentsCsv } from "../payment-answers"
import { type AdminFilterGatewayPaymentsType, journalFilters } from "../payment-filters"

/** The filtered orders at gateways as a file. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, AdminFilterGatewayPaymentsType>,
  res: MedusaResponse
): Promise<void> {
  const filters = await journalFilters(req.scope, req.filterableFields)
  await answerCsv(req, res, "gateway-payments", paymentsCsv(req.scope, filters))
}
