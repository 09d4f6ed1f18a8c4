import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { answerCsv } from "../../../csv"
import { importTemplate } from "../../import-files"
import type { AdminGetPayoutImportTemplateParamsType } from "../../validators"

export async function GET(
  req: AuthenticatedMedusaRequest<unknown, AdminGetPayoutImportTemplateParamsType>,
  res: MedusaResponse
): Promise<void> {
  await answerCsv(req, res, "payouts", importTemplate(req.validatedQuery))
}
