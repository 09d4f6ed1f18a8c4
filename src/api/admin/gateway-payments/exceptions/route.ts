import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listRows } from "../../read-rows"
import { exceptionFilters } from "../exception-filters"
import { withPeople } from "../exception-people"

/** Money that no order stands for, and refunds that are due. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  req.filterableFields = await exceptionFilters(req)
  const { rows, ...page } = await listRows(req, "payment_exception")
  const payment_exceptions = await withPeople(req.scope, rows, req.auth_context.actor_id)
  res.json({ payment_exceptions, ...page })
}
