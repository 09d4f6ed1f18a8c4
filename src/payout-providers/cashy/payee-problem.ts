import type { CashyBankField } from "../../gateways/cashy/payouts"

/** Assumption: the longest of the limits that the countries' pages name (Cashy, "Create Payout Order"). */
export const longestName = 64
export const longestPhone = 32

/** In India alone: it is the one country whose banks Cashy knows by their IFSC. */
export function wantsPhone(bankField: CashyBankField): boolean {
  return bankField === "ifscCode"
}

/** What Cashy would refuse of a payee, before anything is sent; it never holds a value. */
export function payeeProblem(
  { name, phone }: { name: string; phone: string | null },
  bankField: CashyBankField
): string | undefined {
  if (name.length > longestName) {
    return `name has more than the ${longestName} characters that Cashy takes`
  }
  if (wantsPhone(bankField) && !phone?.trim()) {
    return "phone is missing: in India Cashy wants the payee's"
  }
  if (phone && phone.length > longestPhone) {
    return `phone has more than the ${longestPhone} characters that Cashy takes`
  }
  return undefined
}
