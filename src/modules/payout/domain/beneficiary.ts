import { z } from "zod"
import { visibleText } from "../../../gateways/shared/text"
import { count, readRow, time } from "../../../shared/database"
import { invalidData } from "../../../shared/errors"
import { readText, type TextKind } from "./input"
import { type Metadata, metadataRow } from "./own-fields"
import type {
  PayoutAccount,
  PayoutCapabilities,
  PayoutContactField,
  PayoutField,
} from "../provider"

/**
 * - `pending`: not paid yet: the gateway has not accepted it, or its answer was lost
 * - `active`: may be paid
 * - `rejected`: the gateway, or a person after a lost answer, said no
 * - `disabled`: nobody pays it any more
 */
export const beneficiaryStatuses = ["pending", "active", "rejected", "disabled"] as const

export const beneficiaryKinds = ["person", "business"] as const

/** What goes to the gateway with each transfer. */
export const sentFields = ["account", "name", "phone", "email"] as const

type SentField = (typeof sentFields)[number]

/**
 * Who last changed each of `sentFields`, and each field of the account by its name, such as `account.bank_code`: who
 * corrects the code of a bank has not written the number beside it. A field that is not there has the author of `account`.
 */
const authorsRow = z
  .object({ account: z.string(), name: z.string(), phone: z.string(), email: z.string() })
  .catchall(z.string())

/** What a beneficiary and each version of it say. */
const contact = {
  name: z.string(),
  kind: z.enum(beneficiaryKinds),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  shop_name: z.string().nullable(),
  /** The account's last places behind dots; the whole is encrypted in the version. */
  account_hint: z.string().nullable(),
  /** Who made the version: never the one who approves a transfer to it. */
  edited_by: z.string(),
  /** Who last changed what is sent, whoever edited something else after: neither do they approve a transfer to it. */
  changed_by: authorsRow,
  /** When the account last became another one; null for the first one. */
  account_changed_at: time.nullable(),
}

/** A row of `payout_beneficiary`: a person who is paid through one provider, as of the newest version. */
const beneficiaryRow = z.object({
  id: z.string(),
  provider_id: z.string(),
  status: z.enum(beneficiaryStatuses),
  /** From 1; each change of what it says makes the next. */
  version: count,
  /** The version's own id, which transfers point at. */
  version_id: z.string(),
  ...contact,
  /** The last places of what was passed on once, such as an identity number, by name. */
  identity_hints: z.record(z.string(), z.string()),
  /** Why it has its status, in the gateway's or a person's words. */
  reason: z.string().nullable(),
  created_by: z.string(),
  /** The caller's; unique. Null where each call is a new request. */
  idempotency_key: z.string().nullable(),
  /** Keyed, of what the caller asked for: the same key with another request is refused. */
  request_signature: z.string().nullable(),
  /** What it is called in the caller's own books; unique where it is given. */
  external_id: z.string().nullable(),
  /** The caller's own; nothing here reads it. */
  metadata: metadataRow,
  created_at: time,
  updated_at: time,
})

export type Beneficiary = z.infer<typeof beneficiaryRow>

export function toBeneficiary(row: unknown): Beneficiary {
  return readRow("payout_beneficiary", beneficiaryRow, row)
}

/** A row of `payout_beneficiary_version`: what a beneficiary said at one time. */
const versionRow = z.object({
  id: z.string(),
  beneficiary_id: z.string(),
  version: count,
  ...contact,
  /** Null until it is known, as where the gateway gives it. */
  encrypted_account: z.string().nullable(),
  key_id: z.string().nullable(),
  /** Keyed; the same for one account in several beneficiaries, see crypto/digests.ts. */
  account_digest: z.string().nullable(),
  /** Of the bank that the account is at, likewise; null where it is not known. */
  bank_digest: z.string().nullable(),
  /** What differs from the version before, such as `name` or `account.account_number`; nothing of the first one. */
  changed_fields: z.array(z.string()),
  created_at: time,
})

export type BeneficiaryVersion = z.infer<typeof versionRow>

export function toVersion(row: unknown): BeneficiaryVersion {
  return readRow("payout_beneficiary_version", versionRow, row)
}

export type NewBeneficiary = {
  provider_id: string
  name: string
  kind: Beneficiary["kind"]
  email?: string | null
  phone?: string | null
  shop_name?: string | null
  /** By the names of the provider's `accountFields`. */
  account?: PayoutAccount
  /** By the names of the provider's `identityFields`; passed on and not kept. */
  identity?: PayoutAccount
  /** Without one, each call is a new request. */
  idempotency_key?: string
  /** What it is called in the caller's own books; unique where it is given. */
  external_id?: string | null
  metadata?: Metadata | null
}

/** What is left out stays as it is. A new account takes the place of the whole old one. */
export type BeneficiaryChange = Partial<
  Pick<
    NewBeneficiary,
    "name" | "kind" | "email" | "phone" | "shop_name" | "account" | "external_id" | "metadata"
  >
>

/** What a person found out about a beneficiary whose answer was lost or is still open. */
export type BeneficiaryDecision =
  { status: "active"; account?: PayoutAccount; note: string } | { status: "rejected"; note: string }

/** Of a new beneficiary all is its maker's. */
export function changedByMaker(
  editor: string,
  account: PayoutAccount = {}
): Beneficiary["changed_by"] {
  const ofAccount = Object.keys(account).map((name) => [`account.${name}`, editor])
  return {
    ...Object.fromEntries(ofAccount),
    account: editor,
    name: editor,
    phone: editor,
    email: editor,
  }
}

type Sent = Pick<BeneficiaryVersion, Exclude<SentField, "account">> & {
  /** In the clear; undefined where it is not known, or can't be read any more. */
  account: PayoutAccount | undefined
}

/**
 * Who last changed what, after an edit. What was written once more as it stood is as it was: who sends a form with all
 * fields, or writes a number with other blanks, has not taken over what another one wrote.
 */
export function changedByEdit(
  before: Sent & Pick<Beneficiary, "changed_by">,
  after: Sent,
  editor: string
): Beneficiary["changed_by"] {
  const known = before.changed_by
  const author = (field: Exclude<SentField, "account">) =>
    isSameValue(before[field], after[field]) ? known[field] : editor
  const ofAccount = accountFieldNames(before.account, after.account).map((name) => {
    const isKept = isSameValue(before.account?.[name], after.account?.[name])
    const path = `account.${name}`
    return [path, isKept ? (known[path] ?? known.account) : editor]
  })
  return {
    // With those of fields that are gone: whoever took one out changed what is sent too.
    ...known,
    ...Object.fromEntries(ofAccount),
    account: isSameAccount(before.account, after.account) ? known.account : editor,
    name: author("name"),
    phone: author("phone"),
    email: author("email"),
  }
}

const saidFields = ["name", "kind", "email", "phone", "shop_name"] as const

type SaidFields = Pick<BeneficiaryVersion, (typeof saidFields)[number]>

/** The names of what an edit changed, for whoever approves after it; never a value. */
export function changedFields(
  before: SaidFields & { account: PayoutAccount | undefined },
  after: SaidFields & { account: PayoutAccount | undefined }
): string[] {
  return [
    ...saidFields.filter((field) => before[field] !== after[field]),
    ...accountFieldNames(before.account, after.account)
      .filter((field) => before.account?.[field] !== after.account?.[field])
      .map((field) => `account.${field}`),
  ]
}

/**
 * Of the versions before a change, the ids of those whose e-mail and phone were in force since then, each contact once.
 *
 * @param versions the newest first
 */
export function contactsBefore(
  versions: readonly Pick<BeneficiaryVersion, "id" | "email" | "phone" | "created_at">[],
  since: Date
): string[] {
  const oldest = versions.findIndex(({ created_at }) => created_at <= since)
  const inForce = oldest === -1 ? versions : versions.slice(0, oldest + 1)
  const byContact = new Map<string, string>()
  for (const { id, email, phone } of inForce) {
    const contact = JSON.stringify([email, phone])
    byContact.set(contact, byContact.get(contact) ?? id)
  }
  return [...byContact.values()]
}

/** Whether both are one account, whatever people write between the digits of a number. */
export function isSameAccount(
  one: PayoutAccount | undefined,
  other: PayoutAccount | undefined
): boolean {
  return accountFieldNames(one, other).every((name) => isSameValue(one?.[name], other?.[name]))
}

function accountFieldNames(
  one: PayoutAccount | undefined,
  other: PayoutAccount | undefined
): string[] {
  return [...new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])]
}

function isSameValue(one: string | null | undefined, other: string | null | undefined): boolean {
  return bareNumber(one ?? "") === bareNumber(other ?? "")
}

/** Digits with whatever people write between them. */
const writtenNumber = /^[\d\s().+/\p{Pd}]+$/u

/** An IBAN in groups, or in small letters. */
const writtenIban = /^[a-z]{2}\d{2}[a-z\d\s\p{Pd}]{11,}$/iu

function bareNumber(value: string): string {
  const text = value.normalize("NFKC").trim()
  if (writtenIban.test(text)) {
    return text.replace(/[\s\p{Pd}]/gu, "").toUpperCase()
  }
  return writtenNumber.test(text) ? text.replace(/\D/g, "") : text
}

type ToSay = Pick<NewBeneficiary, "name" | "kind" | "email" | "phone" | "shop_name">

/**
 * What is said of a beneficiary beside its account; what is empty is null.
 *
 * @throws MedusaError invalid_data naming each field that is wrong, and never holding a value
 */
export function readSaid({ name, kind, email, phone, shop_name }: ToSay) {
  const problems: string[] = []
  const read = (path: string, written: string | null | undefined, kind: TextKind, most: number) => {
    if (visibleText(written ?? "") === "") {
      return null
    }
    const { text, problem } = readText(written ?? "", kind, most)
    if (problem !== undefined) {
      problems.push(`${path}: ${problem}`)
    }
    return text ?? null
  }
  const said = {
    name: read("name", name, "words", mostOf.name),
    kind,
    email: read("email", email, "number", mostOf.email),
    phone: read("phone", phone, "number", mostOf.phone),
    shop_name: read("shop_name", shop_name, "words", mostOf.name),
  }
  refuse(said.name === null && problems.length === 0 ? ["name: is missing"] : problems)
  return { ...said, name: said.name ?? "" }
}

/** So many characters may be written of a beneficiary; a gateway may take fewer. */
export const mostOf = { name: 200, email: 254, phone: 40 } as const

type Contact = Readonly<Record<PayoutContactField["name"], string | null>>

/** What is told of a beneficiary; what an edit leaves as it is, is not there. */
export type GivenFields = { contact: Contact; account?: PayoutAccount; identity?: PayoutAccount }

type Needed = Pick<PayoutCapabilities, "contactFields" | "accountFields" | "identityFields">

/**
 * What was given, by the names of the provider's fields; what is empty is left out.
 *
 * @throws MedusaError invalid_data naming each field that is wrong, and never holding a value
 */
export function checkFields(
  { contact, account = {}, identity = {} }: GivenFields,
  needed: Needed
): { account: PayoutAccount; identity: PayoutAccount } {
  const ofAccount = readFields("account", account, needed.accountFields)
  const ofIdentity = readFields("identity", identity, needed.identityFields)
  refuse([...contactProblems(contact, needed), ...ofAccount.problems, ...ofIdentity.problems])
  return { account: ofAccount.values, identity: ofIdentity.values }
}

/**
 * The same of an edit. The identity was not kept: a gateway that needs it can't be told of the beneficiary anew, so
 * that the account has to be one that it knows.
 */
export function checkEdit(
  { contact, account }: GivenFields,
  needed: Needed
): PayoutAccount | undefined {
  const { values, problems } = account
    ? readFields("account", account, needed.accountFields)
    : { values: undefined, problems: [] }
  const [first] = needed.accountFields
  const isEmpty = values !== undefined && Object.keys(values).length === 0
  const cannotBeTold = isEmpty && needed.identityFields.some(({ required }) => required)
  refuse([
    ...contactProblems(contact, needed),
    ...problems,
    ...(cannotBeTold && first ? [`account.${first.name}: ${first.title} is missing`] : []),
  ])
  return values
}

/** The same of an account alone, which a person found out. */
export function checkAccount(account: PayoutAccount, { accountFields }: Needed): PayoutAccount {
  const { values, problems } = readFields("account", account, accountFields)
  refuse(problems)
  return values
}

function contactProblems(contact: Contact, { contactFields = [] }: Needed): string[] {
  return contactFields.flatMap(
    (field) => problemOf(field.name, field, contact[field.name] ?? undefined) ?? []
  )
}

function readFields(
  what: "account" | "identity",
  given: PayoutAccount,
  fields: readonly PayoutField[]
): { values: PayoutAccount; problems: string[] } {
  const known = fields.map(({ name }) => name)
  const filled = Object.entries(given).filter(([, value]) => visibleText(value) !== "")
  const problems = filled
    .filter(([name]) => !known.includes(name))
    .map(([name]) => `${what}.${name}: there is no such field, only ${known.join(", ") || "none"}`)
  const values: Record<string, string> = {}
  for (const field of fields) {
    const path = `${what}.${field.name}`
    const written = filled.find(([name]) => name === field.name)?.[1]
    const read =
      written === undefined ? undefined : readText(written, field.holds ?? "number", mostOfField)
    const problem = read?.problem
      ? `${path}: ${field.title} ${read.problem}`
      : problemOf(path, field, read?.text)
    if (problem !== undefined) {
      problems.push(problem)
    }
    if (read?.text !== undefined) {
      values[field.name] = read.text
    }
  }
  return { values, problems }
}

/** More than any account, code or address has, in characters. */
const mostOfField = 500

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) {
    throw invalidData(
      `The beneficiary can't be kept:\n${problems.map((p) => `- ${p}`).join("\n")}`,
      {
        code: "invalid_input",
        details: { problems: problems.join("; ") },
      }
    )
  }
}

/** @param path as callers write it, such as `account.bank_code` */
function problemOf(
  path: string,
  { title, required, pattern, hint, problem }: PayoutField,
  value: string | undefined
): string | undefined {
  if (value === undefined) {
    return required ? `${path}: ${title} is missing` : undefined
  }
  // A pattern with the flag g or y would remember where it stopped the last time.
  if (pattern && !new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, "")).test(value)) {
    return `${path}: ${title} is not what it must look like${hint ? `: ${hint}` : ""}`
  }
  const wrong = problem?.(value)
  return wrong === undefined ? undefined : `${path}: ${title} can't be used: ${wrong}`
}
