import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { importPayoutTransfersWorkflow } from "../../../../workflows"
import { listRows } from "../../list-rows"
import { withClearConflict } from "../clear-conflict"
import { importAnswer } from "./answer"
import type { AdminCreatePayoutImportType } from "./validators"

/** The files of transfers that were imported, and those that were refused. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { rows, ...page } = await listRows(req, "payout_import")
  res.json({ payout_imports: rows, ...page })
}

/**
 * Makes a transfer of each line. It answers when all are made; meanwhile `GET /admin/payouts/imports` with the
 * file's `digest` shows how far it is. A file with a bad line is refused as a whole, unless `allow_partial`.
 */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminCreatePayoutImportType>,
  res: MedusaResponse
): Promise<void> {
  const { result } = await withClearConflict(
    importPayoutTransfersWorkflow(req.scope).run({
      input: { ...req.validatedBody, actor: req.auth_context.actor_id },
    })
  )
  res.json(await importAnswer(req.scope, result.id))
}
