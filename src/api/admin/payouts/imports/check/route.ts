import { answersRefusals } from "../../../answers-refusals"
import type { ImportSum, PayoutImport } from "../../../../../modules/payout/domain/import"
import type { PayoutModuleService } from "../../../../../modules/payout/service"
import { actorOf } from "../../../../../workflows/actors"
import { checkImportFile } from "../../../../../workflows/payouts/read-import-file"
import { payoutsOf } from "../../../../../workflows/payouts/payout-workflow"
import { knownLines } from "../../import-answers"
import type { AdminCheckPayoutImportType } from "../../validators"

export const POST = answersRefusals<AdminCheckPayoutImportType>(async (req, res) => {
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  const payouts = payoutsOf(req.scope)
  const { file, found, problems } = await checkImportFile(payouts, req.validatedBody, actor)
  const refused = new Set(found.problems.map(({ line }) => line))
  res.json({
    check: {
      good: file.lines.filter(({ line }) => !refused.has(line)).length,
      held: found.held,
      known: await knownLines(req.scope, found.known),
      imported_before: found.imported_before && importedBefore(found.imported_before),
      problems,
      sums: await Promise.all(
        found.sums.map(async (sum) => ({ ...sum, available: await availableFor(payouts, sum) }))
      ),
    },
  })
})

function importedBefore({ id, file_name, created_by, created_at }: PayoutImport) {
  return { id, file_name, created_by, created_at }
}

/** Null where the gateway has no call for it, or does not answer; the file is checked all the same. */
async function availableFor(
  payouts: PayoutModuleService,
  { provider_id, currency_code }: ImportSum
): Promise<string | null> {
  if (!payouts.provider(provider_id).capabilities.tellsBalance) {
    return null
  }
  // That it could not be asked is logged by the module.
  const balances = await payouts.retrieveBalance(provider_id).catch(() => [])
  return balances.find(({ currencyCode }) => currencyCode === currency_code)?.available ?? null
}
