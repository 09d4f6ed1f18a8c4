import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { errorMessage } from "../../../../../shared/errors"
import { transferPages, writeTransfersCsv } from "../../export-transfers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.setHeader("content-type", "text/csv; charset=utf-8")
  res.setHeader("content-disposition", 'attachment; filename="payout-transfers.csv"')
  res.setHeader("cache-control", "no-store")
  try {
    await writeTransfersCsv(transferPages(req.scope, req.filterableFields), res)
  } catch (error) {
    const reason = errorMessage(error)
    req.scope
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(`An export of payout transfers broke off: ${reason}`)
  }
}
