import type { PayerField } from "../../../src/providers/base/gateway"

/** A shopper, marked so that each word can be found wherever it turns up. */
export const payer = {
  name: "Markedname Delacruz",
  phone: "+639170004711",
  email: "markedmail@example.test",
  id_number: "ID-MARKED-0815",
  id_type: "marked-id-type",
} as const

/** What a storefront writes for a gateway that needs to know these of the shopper. */
export function payerData(needed: readonly PayerField[]): { payer?: Record<string, string> } {
  if (needed.length === 0) {
    return {}
  }
  const known: Partial<Record<PayerField, string>> = { ...payer, country: "PH" }
  return { payer: Object.fromEntries(needed.map((field) => [field, known[field] ?? ""])) }
}
