import type { NewPayoutBeneficiary, PayoutOrder, PayoutWords } from "../../modules/payout/provider"

/** Shorter ones, such as the number of an account's type, say nothing about anybody. */
const shortest = 4
const mask = "***"

export function personalOf(
  of: PayoutOrder | NewPayoutBeneficiary
): readonly (string | null | undefined)[] {
  return "reference" in of
    ? [...Object.values(of.beneficiary), ...Object.values(of.account)]
    : [of.name, of.email, of.phone, ...Object.values(of.account), ...Object.values(of.identity)]
}

/**
 * What a gateway said, without what it repeated of the payee: its words are stored, shown and logged, and it
 * may write the account or the name into them.
 */
export function withoutPersonal<Words extends PayoutWords>(
  words: Words,
  personal: readonly (string | null | undefined)[]
): Words {
  const values = personal
    .filter((value): value is string => typeof value === "string")
    .map((value) => value.trim())
    .filter((value) => value.length >= shortest)
    // The longest first, so that no part of one is left beside the mask.
    .sort((one, other) => other.length - one.length)
  if (values.length === 0) {
    return words
  }
  const pattern = new RegExp(values.map(escaped).join("|"), "gi")
  return {
    ...words,
    ...(words.code === undefined ? {} : { code: words.code.replace(pattern, mask) }),
    ...(words.message === undefined ? {} : { message: words.message.replace(pattern, mask) }),
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
}
