import { z } from "zod"
import { formatAmount, parseAmount, parseFeeRate } from "./amount"
import { NumberLiteral } from "./json-fields"

const numberLiteral = z.instanceof(NumberLiteral, { error: "must be a JSON number" })
const string = z.string({ error: "must be a JSON string" })

export const text = string.regex(/\S/, "must not be empty")

/** Out comes the amount with two decimals. */
export const amount = numberLiteral.transform((literal, context) => {
  const cents = parseAmount(literal.text)
  if (cents !== undefined) return formatAmount(cents)
  context.addIssue(
    `must be a positive decimal with at most two places, such as 0.01, not ${literal.text}`
  )
  return z.NEVER
})

/** Native Pay: "2 is Over charge buyer 2% of include total amount". */
export const feeRate = numberLiteral.transform((literal, context) => {
  if (parseFeeRate(literal.text) !== undefined) return literal.text
  context.addIssue("must be a percentage below 100 with at most two places")
  return z.NEVER
})

export const serviceId = numberLiteral.transform(({ text }) => text)

/** The samples show the ids of stores and of sub stores as a string here and as a number there. */
export const storeId = z.union([text, numberLiteral.transform(({ text }) => text)], {
  error: "must be a string or a number",
})

/**
 * Assumption: as long as WeChat Pay's payment codes, of 18 digits, and Alipay's, of 16 to 24. As a number it would lose
 * its last digits in any reader that holds numbers as doubles, so only the string is taken.
 */
export const authCode = string.regex(/^\d{16,24}$/, "must be a string of 16 to 24 digits")

/** Assumption: the limits of WeChat Pay, which KESS passes these on to, where KESS's text names none. */
export const outTradeNo = number(32)
export const outRefundNo = number(64)
export const subStoreName = text.max(128, "must not be longer than 128 characters")
export const reason = text.max(80, "must not be longer than 80 characters")

function number(maxLength: number) {
  return string.regex(
    new RegExp(`^[\\w|*@-]{1,${maxLength}}$`),
    `must be 1 to ${maxLength} letters, digits or _-|*@`
  )
}
