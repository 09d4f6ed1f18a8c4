import type { PayoutContext } from "../context"
import { DecryptionError, knownAccount, maskedAccount } from "../crypto/accounts"
import {
  accountDigest,
  accountDigests,
  bankDigest,
  bankDigests,
  digestedFields,
} from "../crypto/digests"
import { type KeyRing, MissingKeyError } from "../crypto/keys"
import type { Beneficiary, BeneficiaryVersion } from "../domain/beneficiary"
import type { Payee } from "../domain/duplicates"
import type { PayoutAccount } from "../provider"
import { versionsOf } from "../store/beneficiaries"

/** Whom a transfer to this version pays, as payments that look alike are found. */
export function payeeOf(
  { keys, providers }: Pick<PayoutContext, "keys" | "providers">,
  { id, provider_id }: Pick<Beneficiary, "id" | "provider_id">,
  version: BeneficiaryVersion
): Payee {
  const fields = providers.find(provider_id)?.capabilities.accountFields ?? []
  const account = readableAccount(keys, version)
  const owner = { provider_id, fields }
  return {
    beneficiary_id: id,
    account_digests: withKept(version.account_digest, accountDigests(keys, account, owner)),
    bank_digests: withKept(version.bank_digest, bankDigests(keys, account, owner)),
  }
}

/** What the row has, where the account can't be read too. */
function withKept(kept: string | null, digests: readonly string[]): string[] {
  return [...new Set([...(kept === null ? [] : [kept]), ...digests])]
}

/** The same of each as of its newest version, by the beneficiary's id. */
export function payeesOf(
  context: Pick<PayoutContext, "keys" | "providers">,
  beneficiaries: readonly Beneficiary[],
  versions: readonly BeneficiaryVersion[]
): Map<string, Payee> {
  const byId = new Map(versions.map((version) => [version.id, version]))
  const payees = new Map<string, Payee>()
  for (const beneficiary of beneficiaries) {
    const version = byId.get(beneficiary.version_id)
    if (version) {
      payees.set(beneficiary.id, payeeOf(context, beneficiary, version))
    }
  }
  return payees
}

/** The digests of an account under the present key; those stay that nobody knows how they were made. */
export function digestsAnew(
  { keys, providers }: Pick<PayoutContext, "keys" | "providers">,
  { provider_id }: Pick<Beneficiary, "provider_id">,
  { account_digest, bank_digest }: Pick<BeneficiaryVersion, "account_digest" | "bank_digest">,
  account: PayoutAccount
): Pick<BeneficiaryVersion, "account_digest" | "bank_digest"> {
  const kept = { account_digest, bank_digest }
  const fields =
    providers.find(provider_id)?.capabilities.accountFields ??
    digestedFields(keys, account, { provider_id, ...kept })
  const owner = { provider_id, fields }
  return fields.length === 0
    ? kept
    : {
        account_digest: accountDigest(keys, account, owner),
        bank_digest: bankDigest(keys, account, owner),
      }
}

/**
 * The accounts that transfers pay, as whoever approves them sees them: by the provider's field names, the number by its last
 * places. By the version's id; one that can't be read is left out.
 */
export async function shownAccounts(
  { database, keys, providers }: Pick<PayoutContext, "database" | "keys" | "providers">,
  paid: readonly { provider_id: string; beneficiary_version_id: string }[]
): Promise<Map<string, PayoutAccount>> {
  const providerOf = new Map(paid.map((one) => [one.beneficiary_version_id, one.provider_id]))
  const shown = new Map<string, PayoutAccount>()
  for (const version of await versionsOf(database, [...providerOf.keys()])) {
    const account = readableAccount(keys, version)
    const provider = providers.find(providerOf.get(version.id) ?? "")
    if (account) {
      shown.set(version.id, maskedAccount(account, provider?.capabilities.accountFields ?? []))
    }
  }
  return shown
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
