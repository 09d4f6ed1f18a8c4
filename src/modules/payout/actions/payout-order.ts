import { accountOf } from "../crypto/accounts"
import type { KeyRing } from "../crypto/keys"
import type { BeneficiaryVersion } from "../domain/beneficiary"
import type { Transfer } from "../domain/transfer"
import type { PayoutOrder } from "../provider"

/**
 * What a provider is told of a transfer: the same whenever it is signed, sent or asked about. Personal: for the call
 * alone.
 */
export function orderOf(
  keys: KeyRing,
  {
    reference,
    amount,
    currency_code,
    purpose,
  }: Pick<Transfer, "reference" | "amount" | "currency_code" | "purpose">,
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
