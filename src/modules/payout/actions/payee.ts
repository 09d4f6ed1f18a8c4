import type { PayoutContext } from "../context"
import { DecryptionError, knownAccount } from "../crypto/accounts"
import { accountDigests } from "../crypto/digests"
import { type KeyRing, MissingKeyError } from "../crypto/keys"
import type { Beneficiary, BeneficiaryVersion } from "../domain/beneficiary"
import type { Payee } from "../domain/duplicates"
import type { PayoutAccount } from "../provider"

/** Whom a transfer to this version pays, as payments that look alike are found. */
export function payeeOf(
  { keys, providers }: Pick<PayoutContext, "keys" | "providers">,
  { id, provider_id }: Pick<Beneficiary, "id" | "provider_id">,
  version: BeneficiaryVersion
): Payee {
  const fields = providers.find(provider_id)?.capabilities.accountFields ?? []
  const digests = accountDigests(keys, readableAccount(keys, version), { provider_id, fields })
  const kept = version.account_digest === null ? [] : [version.account_digest]
  return { beneficiary_id: id, account_digests: [...new Set([...kept, ...digests])] }
}

/**
 * A version's account; undefined where it is not known, and also where its key is gone, or somebody wrote to the row:
 * entering it anew is the way out of both.
 */
export function readableAccount(
  keys: KeyRing,
  version: BeneficiaryVersion
): PayoutAccount | undefined {
  try {
    return knownAccount(keys, version)
  } catch (error) {
    if (error instanceof DecryptionError || error instanceof MissingKeyError) {
      return undefined
    }
    throw error
  }
}
