import type { GatewayCapabilities, Payer, PayerField, PayerRule } from "./payment-gateway"

/** What a person calls each field, and where it can come from. */
const nouns: Readonly<Record<PayerField, string>> = {
  name: "the payer's name",
  phone: "the payer's phone number",
  email: "the payer's e-mail address",
  id_number: "the payer's identity number",
  id_type: "the kind of the identity number",
  country: "the payer's country",
}

/**
 * All that is missing or too long, in the words of `session.data.payer`; undefined where nothing is. It holds
 * no value: those are personal.
 */
export function payerProblems(
  rules: GatewayCapabilities["payer"],
  payer: Payer
): string | undefined {
  const problems = payerFields(rules).flatMap((field) => {
    const rule = rules[field]
    const value = payer[field]
    if (value === undefined || value === "") {
      return rule?.required ? [`payer.${field} is missing (${nouns[field]})`] : []
    }
    return rule && !fits(rule, value)
      ? [`payer.${field} has ${[...value].length} characters, at most ${rule.maxLength} are taken`]
      : []
  })
  return problems.length > 0 ? problems.join("; ") : undefined
}

/**
 * The payer as a gateway takes it: what is too long is written shorter where that harms nothing, and left out where
 * it is optional. What is required and still too long stays, for `payerProblems` to name.
 */
export function fittingPayer(rules: GatewayCapabilities["payer"], payer: Payer): Payer {
  return Object.fromEntries(
    allFields.flatMap((field) => {
      const value = payer[field]
      const rule = rules[field]
      if (value === undefined || !rule || fits(rule, value)) {
        return value === undefined ? [] : [[field, value]]
      }
      const shorter = shortened(field, value)
      const isUsable = fits(rule, shorter)
      return isUsable || rule.required ? [[field, isUsable ? shorter : value]] : []
    })
  )
}

function fits({ maxLength }: PayerRule, value: string): boolean {
  return maxLength === undefined || [...value].length <= maxLength
}

/** A phone number without what only helps to read it, and without its extension, which no gateway can dial. */
export function shortened(field: PayerField, value: string): string {
  if (field !== "phone") {
    return value
  }
  const [number = ""] = value.slice(0, 200).split(/[^\d\s()./+-]/)
  return `${/^\s*\+/.test(number) ? "+" : ""}${number.replace(/\D/g, "")}`
}

/** What of the payer a gateway does not insist on, whether it is told of it or not. */
export function optionalFields(rules: GatewayCapabilities["payer"]): PayerField[] {
  return allFields.filter((field) => !rules[field]?.required)
}

/** The fields of the payer that a gateway is told. */
export function payerFields(rules: GatewayCapabilities["payer"]): PayerField[] {
  return allFields.filter((field) => rules[field] !== undefined)
}

export const allFields: readonly PayerField[] = [
  "name",
  "phone",
  "email",
  "id_number",
  "id_type",
  "country",
]
