import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { answerCsv } from "../../../csv"
import { transferRowFilters } from "../../answers"
import { transferPages, transfersCsv } from "../../export-transfers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const pages = transferPages(req.scope, transferRowFilters(req.filterableFields))
  await answerCsv(req, res, "payout-transfers", transfersCsv(pages))
}
