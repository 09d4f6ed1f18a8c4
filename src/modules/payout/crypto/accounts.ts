import { MedusaError } from "@medusajs/framework/utils"
import { z } from "zod"
import { notAllowed, Refusal } from "../../../shared/errors"
import type { BeneficiaryVersion } from "../domain/beneficiary"
import type { PayoutAccount, PayoutField } from "../provider"
import { accountDigest, bankDigest, type AccountOwner } from "./digests"
import { decryptText, encryptText } from "./encryption"
import { type KeyRing, MissingKeyError } from "./keys"

/** As the columns of a beneficiary's version hold it. */
type EncryptedAccount = {
  /** Base64 of nonce, tag and cipher text. */
  encrypted_account: string
  key_id: string
}

const accountText = z.record(z.string(), z.string())

/** The encrypted text was changed, or belongs to another row. */
export class DecryptionError extends Refusal {
  constructor(versionId: string) {
    super(
      MedusaError.Types.NOT_ALLOWED,
      `The encrypted account of the beneficiary version ${versionId} can't be decrypted: it was changed, or comes ` +
        "from another row. Enter the account anew, and find out who wrote to the database",
      { code: "account_unreadable" }
    )
  }
}

/** Bound to the version's id, so that a text that is copied into another row can't be decrypted there. */
export function encryptAccount(
  keys: KeyRing,
  versionId: string,
  account: PayoutAccount,
  random?: (bytes: number) => Buffer
): EncryptedAccount {
  const text = JSON.stringify(account)
  const { encrypted, keyId } = encryptText(keys, "account", rowOf(versionId), text, random)
  return { encrypted_account: encrypted, key_id: keyId }
}

/** @throws MissingKeyError, DecryptionError */
export function decryptAccount(
  keys: KeyRing,
  versionId: string,
  { encrypted_account: encrypted, key_id: keyId }: EncryptedAccount
): PayoutAccount {
  try {
    const text = decryptText(keys, "account", rowOf(versionId), { encrypted, keyId })
    return accountText.parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof MissingKeyError) {
      throw error
    }
    // Whatever else it was that failed may quote the account.
    throw new DecryptionError(versionId)
  }
}

function rowOf(versionId: string): string {
  return `payout_beneficiary_version:${versionId}`
}

/**
 * A version's account in the clear. Personal: for a call to the gateway or a person who asked for it, and for
 * nothing that is kept or logged.
 *
 * @throws MedusaError not_allowed where it is not known
 * @throws MissingKeyError, DecryptionError
 */
export function accountOf(keys: KeyRing, version: BeneficiaryVersion): PayoutAccount {
  const account = knownAccount(keys, version)
  if (!account) {
    throw notAllowed(
      `The account of the beneficiary ${version.beneficiary_id} is not known: its gateway has not told it. ` +
        "Look for it in the gateway's dashboard and enter it",
      { code: "account_unknown" }
    )
  }
  return account
}

/** The same; undefined where it is not known. @throws MissingKeyError, DecryptionError */
export function knownAccount(
  keys: KeyRing,
  { id, encrypted_account, key_id }: BeneficiaryVersion
): PayoutAccount | undefined {
  return encrypted_account === null || key_id === null
    ? undefined
    : decryptAccount(keys, id, { encrypted_account, key_id })
}

/** An account as a version keeps it; nothing of one that is not known yet. */
export function accountColumns(
  keys: KeyRing,
  versionId: string,
  account: PayoutAccount | undefined,
  owner: AccountOwner
) {
  const isUnknown = !account || (Object.keys(account).length === 0 && owner.fields.length > 0)
  if (isUnknown) {
    return {
      encrypted_account: null,
      key_id: null,
      account_hint: null,
      account_digest: null,
      bank_digest: null,
    }
  }
  return {
    ...encryptAccount(keys, versionId, account),
    account_hint: hintOf(account, owner.fields),
    account_digest: accountDigest(keys, account, owner),
    bank_digest: bankDigest(keys, account, owner),
  }
}

/** By the first of the provider's fields, which is the account's number. */
function hintOf(account: PayoutAccount, [first]: AccountOwner["fields"]): string | null {
  const value = first && account[first.name]
  return value === undefined ? null : lastPlaces(value)
}

/**
 * An account for who approves: the bank and the like as they are sent, the number by its last places; so is whatever the
 * provider has no field for.
 */
export function maskedAccount(
  account: PayoutAccount,
  [first, ...others]: readonly PayoutField[]
): PayoutAccount {
  const open = others.map(({ name }) => name).filter((name) => name !== first?.name)
  return Object.fromEntries(
    Object.entries(account).map(([name, value]) => [
      name,
      open.includes(name) ? value : lastPlaces(value),
    ])
  )
}

const mostShown = 4

/** The last places of a number behind dots, for people to recognise it: at most four, and never half of it. */
export function lastPlaces(value: string): string {
  const characters = [...value.trim()]
  const shown = Math.min(mostShown, Math.floor((characters.length - 1) / 2))
  return `••••${shown > 0 ? characters.slice(-shown).join("") : ""}`
}
