import type { Beneficiary, BeneficiaryChange, BeneficiaryVersion } from "../beneficiary"
import { PayoutConflict } from "../conflict"
import type { PayoutContext } from "../payout-context"
import type { PayoutAccount } from "../payout-provider"
import type { Actor } from "../payouts"
import { openAccount } from "../sealing/account-seal"
import type { KeyRing } from "../sealing/key-ring"
import { beneficiaryOf, lockBeneficiary, versionOf } from "../store/beneficiaries"
import { inTransaction } from "../store/transaction"
import { readSaid } from "./add-beneficiary"
import { checkEdit } from "./check-fields"
import { writeNextVersion } from "./next-version"
import { tellGateway } from "./tell-gateway"

/** Makes the next version; see `PayoutModuleService.changeBeneficiary`. */
export async function changeBeneficiary(
  context: PayoutContext,
  id: string,
  change: BeneficiaryChange,
  actor: Actor
): Promise<Beneficiary> {
  const { provider_id } = await beneficiaryOf(context.database, id)
  const { capabilities } = context.providers.get(provider_id)
  const { changed, account } = await inTransaction(context, async (transaction) => {
    const beneficiary = await lockBeneficiary(transaction, id, "update")
    if (beneficiary.status === "disabled") {
      throw new PayoutConflict(
        `The beneficiary ${id} is disabled and can't be changed. To pay it again, make a new one`
      )
    }
    const said = readSaid({ ...beneficiary, ...withoutGaps(change), account: undefined })
    const account = checkEdit({ contact: said, account: change.account }, capabilities)
    const version = await versionOf(transaction.query, beneficiary.version_id)
    const changed = await writeNextVersion(context, transaction, beneficiary, {
      said,
      account: account ?? knownAccount(context.keys, version),
      status: account ? "pending" : beneficiary.status,
      reason: account ? "The gateway is being told" : beneficiary.reason,
      editor: actor,
    })
    return { changed, account }
  })
  return account ? await tellGateway(context, changed, { account, identity: {} }) : changed
}

export function knownAccount(
  keys: KeyRing,
  { id, sealed_account, key_id }: BeneficiaryVersion
): PayoutAccount | undefined {
  return sealed_account === null || key_id === null
    ? undefined
    : openAccount(keys, id, { sealed_account, key_id })
}

/** A key that is there and undefined stays as it is too. */
function withoutGaps(change: BeneficiaryChange): BeneficiaryChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
