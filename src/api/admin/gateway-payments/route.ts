import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { listPayments } from "../../../modules/payment-journal/repositories/payment-queries"
import { paymentAnswers } from "./payment-answers"
import { type AdminGetGatewayPaymentsType, journalFilters, pageOrder } from "./payment-filters"

/** All orders that were opened at gateways. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, AdminGetGatewayPaymentsType>,
  res: MedusaResponse
): Promise<void> {
  const { limit, offset, order } = req.validatedQuery
  const { payments, count } = await listPayments(
    req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION),
    await journalFilters(req.scope, req.filterableFields),
    { limit, offset, order: pageOrder(order) }
  )
  const shown = new Set(req.queryConfig.fields)
  const answers = await paymentAnswers(req.scope, payments)
  res.json({
    gateway_payments: answers.map((answer) =>
      Object.fromEntries(Object.entries(answer).filter(([field]) => shown.has(field)))
    ),
    count,
    offset,
    limit,
  })
}
