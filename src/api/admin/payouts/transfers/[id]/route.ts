import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { updatePayoutTransferWorkflow } from "../../../../../workflows"
import { onTransfer } from "../../actions"
import { transferAnswer } from "../../answers"
import type { AdminUpdatePayoutTransferType } from "../../validators"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(await transferAnswer(req.scope, String(req.params.id), req.queryConfig.fields))
}

export const POST = onTransfer<AdminUpdatePayoutTransferType>(updatePayoutTransferWorkflow)
