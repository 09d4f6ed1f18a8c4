import { notAllowed } from "../../../shared/medusa-error"
import type { BeneficiaryVersion } from "../beneficiary"
import type { PayoutAccount } from "../payout-provider"
import { openAccount } from "../sealing/account-seal"
import type { KeyRing } from "../sealing/key-ring"

/**
 * A version's account in the clear. Personal: for a call to the gateway or a person who asked for it, and for
 * nothing that is kept or logged.
 *
 * @throws MedusaError not_allowed where it is not known
 * @throws MissingKeyError, BrokenSealError
 */
export function accountOf(
  keys: KeyRing,
  { id, beneficiary_id, sealed_account, key_id }: BeneficiaryVersion
): PayoutAccount {
  if (sealed_account === null || key_id === null) {
    throw notAllowed(
      `The account of the beneficiary ${beneficiary_id} is not known: its gateway has not told it. ` +
        "Look for it in the gateway's dashboard and enter it"
    )
  }
  return openAccount(keys, id, { sealed_account, key_id })
}
