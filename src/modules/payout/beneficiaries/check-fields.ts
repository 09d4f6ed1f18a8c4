import { invalidData } from "../../../shared/medusa-error"
import type {
  PayoutAccount,
  PayoutCapabilities,
  PayoutContactField,
  PayoutField,
} from "../payout-provider"

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
  const filled = Object.entries(given)
    .map(([name, value]): [string, string] => [name, value.trim()])
    .filter(([, value]) => value !== "")
  const values = Object.fromEntries(filled)
  const known = fields.map(({ name }) => name)
  const problems = [
    ...filled
      .filter(([name]) => !known.includes(name))
      .map(
        ([name]) => `${what}.${name}: there is no such field, only ${known.join(", ") || "none"}`
      ),
    ...fields.flatMap(
      (field) => problemOf(`${what}.${field.name}`, field, values[field.name]) ?? []
    ),
  ]
  return { values, problems }
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) {
    throw invalidData(`The beneficiary can't be kept:\n${problems.map((p) => `- ${p}`).join("\n")}`)
  }
}

/** @param path as callers write it, such as `account.bank_code` */
function problemOf(
  path: string,
  { title, required, pattern, hint }: PayoutField,
  value: string | undefined
): string | undefined {
  if (value === undefined) {
    return required ? `${path}: ${title} is missing` : undefined
  }
  // A pattern with the flag g or y would remember where it stopped the last time.
  if (pattern && !new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, "")).test(value)) {
    return `${path}: ${title} is not what it must look like${hint ? `: ${hint}` : ""}`
  }
  return undefined
}
