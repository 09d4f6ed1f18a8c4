import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { createPayoutTransferWorkflow } from "../../../../workflows"
import { listRows } from "../../list-rows"
import { withClearConflict } from "../clear-conflict"
import { transferAnswer } from "./answer"
import type { AdminCreatePayoutTransferType } from "./validators"
import { withBeneficiaries } from "./with-beneficiaries"

/** What was paid, is being paid and waits to be paid. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { rows, ...page } = await listRows(req, "payout_transfer")
  res.json({ payout_transfers: await withBeneficiaries(req.scope, rows), ...page })
}

/**
 * Makes a transfer. The same idempotency key, in the header or the body, with the same wish gives the one that
 * was made: `is_new` is false then.
 */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminCreatePayoutTransferType>,
  res: MedusaResponse
): Promise<void> {
  const { result } = await withClearConflict(
    createPayoutTransferWorkflow(req.scope).run({
      input: { ...req.validatedBody, actor: req.auth_context.actor_id },
    })
  )
  const answer = await transferAnswer(req.scope, result.transfer.id)
  res.json({ ...answer, is_new: result.isNew })
}
