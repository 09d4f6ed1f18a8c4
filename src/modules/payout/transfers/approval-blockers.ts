import type { PayoutContext } from "../payout-context"
import type { Actor } from "../payouts"
import { beneficiariesOf } from "../store/beneficiaries"
import { transfersOf } from "../store/transfers"
import { approvalBlocker } from "./decide-approval"

/** Why this person may not approve these transfers; see `PayoutModuleService.approvalBlockers`. */
export async function approvalBlockers(
  { database, options }: Pick<PayoutContext, "database" | "options">,
  ids: readonly string[],
  actor: Actor
): Promise<Map<string, string>> {
  const transfers = await transfersOf(database, ids)
  const beneficiaryIds = new Set(transfers.map(({ beneficiary_id }) => beneficiary_id))
  const beneficiaries = await beneficiariesOf(database, [...beneficiaryIds], "none")
  const byId = new Map(beneficiaries.map((beneficiary) => [beneficiary.id, beneficiary]))
  const blockers = new Map<string, string>()
  for (const transfer of transfers) {
    const beneficiary = byId.get(transfer.beneficiary_id)
    const blocker = beneficiary && approvalBlocker(transfer, beneficiary, actor, options)
    if (blocker !== undefined) {
      blockers.set(transfer.id, blocker)
    }
  }
  return blockers
}
