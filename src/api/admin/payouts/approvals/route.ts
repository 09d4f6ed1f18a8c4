import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf } from "../../../../workflows/actors"
import { listRows } from "../../read-rows"
import { approvalAnswers } from "../approval-answers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  req.filterableFields.status = "awaiting_approval"
  const { rows, ...page } = await listRows(req, "payout_transfer")
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  res.json({ approvals: await approvalAnswers(req.scope, rows, actor), ...page })
}
