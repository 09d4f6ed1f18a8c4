import type { PayoutAccount, PayoutField } from "../payout-provider"
import { sealAccount } from "../sealing/account-seal"
import type { KeyRing } from "../sealing/key-ring"
import { lastPlaces } from "../sealing/last-places"

/** An account as a version keeps it; nothing of one that is not known yet. */
export function accountColumns(
  keys: KeyRing,
  versionId: string,
  account: PayoutAccount | undefined,
  fields: readonly PayoutField[]
) {
  const isUnknown = !account || (Object.keys(account).length === 0 && fields.length > 0)
  if (isUnknown) {
    return { sealed_account: null, key_id: null, account_hint: null }
  }
  return { ...sealAccount(keys, versionId, account), account_hint: hintOf(account, fields) }
}

/** By the first of the provider's fields, which is the account's number. */
function hintOf(account: PayoutAccount, [first]: readonly PayoutField[]): string | null {
  const value = first && account[first.name]
  return value === undefined ? null : lastPlaces(value)
}
