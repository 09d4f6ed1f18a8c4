import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { recordRefundElsewhereWorkflow } from "../../../../workflows"
import type { AdminRecordRefundElsewhereType } from "../validators"

/** Records that a payment's money was given back another way; its refund in Medusa then sends nothing. */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminRecordRefundElsewhereType>,
  res: MedusaResponse
): Promise<void> {
  const { result } = await recordRefundElsewhereWorkflow(req.scope).run({
    input: { ...req.validatedBody, actor: req.auth_context.actor_id },
  })
  res.json({ refund_elsewhere: result })
}
