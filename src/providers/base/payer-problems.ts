import type { GatewayCapabilities, Payer, PayerField } from "./payment-gateway"

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
    const { length } = [...value]
    return rule?.maxLength !== undefined && length > rule.maxLength
      ? [`payer.${field} has ${length} characters, at most ${rule.maxLength} are taken`]
      : []
  })
  return problems.length > 0 ? problems.join("; ") : undefined
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
