import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf, payoutsOf } from "../../../../../workflows/payout/payouts-of"
import { readImportFile } from "../../../../../workflows/payout/read-import-file"
import type { AdminCheckPayoutImportType } from "../validators"

/** Says what is wrong in which line of a file, and makes nothing. */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminCheckPayoutImportType>,
  res: MedusaResponse
): Promise<void> {
  const { lines, problems } = readImportFile(req.validatedBody.csv)
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  const found = await payoutsOf(req.scope).checkImport(lines, actor)
  const refused = new Set(found.map(({ line }) => line))
  res.json({
    payout_import_check: {
      good: lines.filter(({ line }) => !refused.has(line)).length,
      problems: [...problems, ...found].sort((one, other) => one.line - other.line),
    },
  })
}
