import { createHmac } from "node:crypto"
import { validateIBAN } from "ibantools"
import { digestEquals } from "../../../gateways/shared/digest"
import type { PayoutAccount, PayoutField } from "../provider"
import type { KeyRing, NamedKey } from "./keys"

/** Whose account it is: the provider, and its fields, of which the first one is the account's number. */
export type AccountOwner = {
  provider_id: string
  fields: readonly Pick<PayoutField, "name" | "namesBank">[]
}

/**
 * A keyed digest of provider and account number, by which one account is found in several beneficiaries; null where
 * the number is not known. Who reads the database without a key can't tell an account by trying all there are.
 */
export function accountDigest(
  keys: KeyRing,
  account: PayoutAccount | undefined,
  owner: AccountOwner
): string | null {
  const text = identifyingText(account, owner)
  return text === undefined ? null : mac(keys.present("digest"), text)
}

/** The same under each key there is: rows may still have the digest of an older one. */
export function accountDigests(
  keys: KeyRing,
  account: PayoutAccount | undefined,
  owner: AccountOwner
): string[] {
  const text = identifyingText(account, owner)
  return text === undefined ? [] : keys.all("digest").map((key) => mac(key, text))
}

/**
 * A keyed digest of the bank that an account is at, and behind which kind of name: an IBAN's `iban`, or the provider's
 * field's `code`. Null where it is not known. See `isSameBank`.
 */
export function bankDigest(
  keys: KeyRing,
  account: PayoutAccount | undefined,
  owner: AccountOwner
): string | null {
  const bank = identifyingBank(account, owner)
  return bank === undefined ? null : bankMac(keys.present("digest"), bank)
}

/** The same under each key there is. */
export function bankDigests(
  keys: KeyRing,
  account: PayoutAccount | undefined,
  owner: AccountOwner
): string[] {
  const bank = identifyingBank(account, owner)
  return bank === undefined ? [] : keys.all("digest").map((key) => bankMac(key, bank))
}

/**
 * Whether two accounts of one number can be at one bank: they are at two where both banks are known by the same kind of
 * name, and the names differ.
 *
 * @param known of the one, as its row has it
 * @param digests of the other, under each key
 */
export function isSameBank(known: string | null, digests: readonly string[]): boolean {
  if (known === null) {
    return true
  }
  const comparable = digests.filter((digest) => kindOfBank(digest) === kindOfBank(known))
  return comparable.length === 0 || comparable.includes(known)
}

function kindOfBank(digest: string): string {
  return digest.slice(0, digest.indexOf(":"))
}

/**
 * Which fields the digests of a row were made of; none where no key tells. For an account whose provider is not in the
 * config, and so can't say which of its fields is the number.
 */
export function digestedFields(
  keys: KeyRing,
  account: PayoutAccount,
  known: { provider_id: string; account_digest: string | null; bank_digest: string | null }
): AccountOwner["fields"] {
  const { provider_id, account_digest, bank_digest } = known
  const names = Object.keys(account)
  const number = names.find(
    (name) =>
      account_digest !== null &&
      accountDigests(keys, account, { provider_id, fields: [{ name }] }).includes(account_digest)
  )
  if (number === undefined) {
    return []
  }
  const bank = names
    .map((name) => ({ name, namesBank: true as const }))
    .find(
      (field) =>
        bank_digest !== null &&
        bankDigests(keys, account, { provider_id, fields: [field] }).includes(bank_digest)
    )
  return [{ name: number }, ...(bank && bank.name !== number ? [bank] : [])]
}

type Bank = { kind: "iban" | "code"; text: string }

function bankMac(key: NamedKey, { kind, text }: Bank): string {
  return `${kind}:${mac(key, text)}`
}

function identifyingBank(
  account: PayoutAccount | undefined,
  { provider_id, fields }: AccountOwner
): Bank | undefined {
  const [first] = fields
  const inIban = bankInIban(first && account?.[first.name])
  const field = fields.find(({ namesBank }) => namesBank)
  const code = plainText(field && account?.[field.name]).replace(/^0+(?=.)/, "")
  // A code was written for this very payment; banks have several IBAN prefixes.
  if (code !== "") {
    return { kind: "code", text: JSON.stringify([provider_id, "bank", code]) }
  }
  return inIban === undefined
    ? undefined
    : { kind: "iban", text: JSON.stringify([provider_id, "bank in an IBAN", inIban]) }
}

/** Country and bank; undefined where it is no IBAN, or its number is not told from its bank. */
function bankInIban(number: string | undefined): string | undefined {
  const text = plainText(number)
  const length = localNumberLength[text.slice(0, 2)]
  const bank = length === undefined ? "" : text.slice(4, -length)
  return bank !== "" && validateIBAN(text).valid ? `${text.slice(0, 2)}${bank}` : undefined
}

function identifyingText(
  account: PayoutAccount | undefined,
  { provider_id, fields: [first] }: AccountOwner
): string | undefined {
  const number = first && account?.[first.name]
  return number === undefined || number.trim() === ""
    ? undefined
    : JSON.stringify([provider_id, identifyingNumber(number)])
}

/**
 * How many characters at the end of an IBAN are the number that people of that country write for the account without it,
 * by the structures in SWIFT's "IBAN Registry". Of other countries it is not certain which part that is.
 */
const localNumberLength: Readonly<Record<string, number>> = {
  AE: 16,
  AT: 11,
  BA: 16, // bank, branch, account and check digits: written as one
  DE: 10,
  GB: 8,
  HR: 10,
  ME: 18, // as Bosnia's
  MK: 15, // as Bosnia's
  PK: 16,
  RS: 18, // as Bosnia's
  SA: 18,
  SI: 15, // as Bosnia's
}

/** As long as a phone number is without the prefix of its country. */
const significantDigits = 10

/**
 * The same for one account however it is written: separators do not count, nor zeros in front, and of a number of
 * digits the last ten alone, so that `0300-1234567` and `+92 300 1234567` are one. An IBAN is the account that it names.
 *
 * Assumption: two accounts at one provider that agree in ten digits, or differ in the bank alone, are seldom paid the same
 * amount; where they are, a person has a second look. Whether an account is new is asked of the bank too, by `isSameBank`.
 */
export function identifyingNumber(number: string): string {
  const text = plainText(number)
  const local = localNumber(text)
  return /^\d+$/.test(local) ? withoutZeros(local.slice(-significantDigits)) : local
}

function plainText(written = ""): string {
  return written
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
}

function localNumber(text: string): string {
  const length = localNumberLength[text.slice(0, 2)]
  return length !== undefined && validateIBAN(text).valid ? withoutZeros(text.slice(-length)) : text
}

function withoutZeros(number: string): string {
  return number.replace(/^0+/, "")
}

function mac({ key }: NamedKey, text: string): string {
  return createHmac("sha256", key).update(text, "utf8").digest("hex")
}

/** Of a request that holds an account: it tells whether another one is the same, and nothing of what it holds. */
export function requestSignature(keys: KeyRing, request: unknown): string {
  const present = keys.present("digest")
  return `${present.id}.${mac(present, JSON.stringify(request))}`
}

/** @throws MissingKeyError where the signature's key is gone */
export function isSameRequest(keys: KeyRing, signature: string, request: unknown): boolean {
  const point = signature.lastIndexOf(".")
  const key = keys.named(signature.slice(0, Math.max(point, 0)), "digest")
  return digestEquals(
    Buffer.from(mac(key, JSON.stringify(request)), "hex"),
    signature.slice(point + 1),
    "hex"
  )
}
