import { accountOf } from "../beneficiaries/account-of"
import type { BeneficiaryVersion } from "../beneficiary"
import type { PayoutOrder } from "../payout-provider"
import type { KeyRing } from "../sealing/key-ring"
import type { Transfer } from "../transfer"

/** The same whenever the transfer is sent or asked about. Personal: for the call alone. */
export function orderOf(
  keys: KeyRing,
  { reference, amount, currency_code, purpose }: Transfer,
  version: BeneficiaryVersion
): PayoutOrder {
  const { name, email, phone } = version
  return {
    reference,
    amount,
    currencyCode: currency_code,
    purpose,
    beneficiary: { name, email, phone },
    account: accountOf(keys, version),
  }
}
