import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { payoutsOf } from "../../../../workflows/payouts/payout-workflow"
import { rulesAnswer } from "../sending-answers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(rulesAnswer(payoutsOf(req.scope).rules))
}
