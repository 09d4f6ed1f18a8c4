const cardKeys =
  /^(cvv2?|cvc2?|cav2?|security_?code|card_?(number|no|num)|pan|(card)?_?expiry_?(month|year|date)?|exp_?(month|year))$/i
/** Written in one, or in the groups in which cards carry their numbers. */
const cardNumbers =
  /(?<!\d)(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5})(?!\d)/g

/**
 * Whether a value holds anything that looks like a payment card. Such data must never reach Medusa, which
 * stores what a storefront sends before any provider is asked, and shows it again through its API.
 */
export function looksLikeCardData(value: unknown, depth = 0): boolean {
  if (typeof value === "string" || typeof value === "number") {
    return holdsCardNumber(String(value))
  }
  if (typeof value !== "object" || value === null) {
    return false
  }
  if (depth > 8) {
    return true // deeper than any honest storefront writes: what can't be looked through is refused
  }
  return Object.entries(value).some(
    ([key, entry]) =>
      (cardKeys.test(key) && entry !== null && entry !== "") ||
      holdsCardNumber(key) ||
      looksLikeCardData(entry, depth + 1)
  )
}

function holdsCardNumber(text: string): boolean {
  return (text.match(cardNumbers) ?? []).some((run) => {
    const digits = run.replace(/\D/g, "")
    return knownIssuer.test(digits) && passesLuhn(digits)
  })
}

/** The ranges that card networks issue from; phone numbers and shoppers' pay codes mostly lie outside. */
const knownIssuer =
  /^(4\d{12}(\d{3}){0,2}|5[1-5]\d{14}|2(22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(0[0-5]|[68]\d)\d{11}|35(2[89]|[3-8]\d)\d{12}|6(011|5\d\d)\d{12}|62\d{14,17}|9792\d{12}|220[0-4]\d{12})$/

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, character, position) => {
    const doubled = Number(character) * (position % 2 === 1 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}
