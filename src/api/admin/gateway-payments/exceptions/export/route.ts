import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { answerCsv } from "../../../csv"
import { exceptionFilters } from "../../exception-filters"
import { exceptionPages, exceptionsCsv } from "../../export-exceptions"

/** What the list's filters let through, as a file. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const filters = await exceptionFilters(req)
  const pages = exceptionPages(req.scope, filters, req.auth_context.actor_id)
  await answerCsv(req, res, "payment-exceptions", exceptionsCsv(pages))
}
