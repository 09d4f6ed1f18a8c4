import { invalidData } from "../../../shared/medusa-error"
import type { PayoutAccount, PayoutField } from "../payout-provider"

/**
 * What was given, by the names of the provider's fields; what is empty is left out.
 *
 * @param what `account` or `identity`, for the errors
 * @throws MedusaError invalid_data naming each field that is wrong, and never holding a value
 */
export function checkFields(
  what: "account" | "identity",
  given: PayoutAccount,
  fields: readonly PayoutField[]
): PayoutAccount {
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
    ...fields.flatMap((field) => problemOf(what, field, values[field.name]) ?? []),
  ]
  if (problems.length > 0) {
    throw invalidData(`The beneficiary can't be kept:\n${problems.map((p) => `- ${p}`).join("\n")}`)
  }
  return values
}

function problemOf(
  what: string,
  { name, title, required, pattern, hint }: PayoutField,
  value: string | undefined
): string | undefined {
  if (value === undefined) {
    return required ? `${what}.${name}: ${title} is missing` : undefined
  }
  // A pattern with the flag g or y would remember where it stopped the last time.
  if (pattern && !new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, "")).test(value)) {
    return `${what}.${name}: ${title} is not what it must look like${hint ? `: ${hint}` : ""}`
  }
  return undefined
}
