import { parseJsonOrForm } from "../../gateways/shared/json"
import { looksLikeCardData } from "./card-data"
import { isPlainObject } from "../../shared/validation"

/**
 * Keys whose values can be told to anybody who may see payments: numbers of orders, amounts, words of a
 * status, times. All others may name a person or be a secret; a list of those would never be complete.
 */
const numbers =
  /^(order|mch|patch|payment|transaction|session|reference|request|channel|transfer|merchant)?(id|no|orderno|mchorderno|transactionid|serialno)$|amount|fee$|^(pid|series)$/i
const times = /time(stamp)?$/i
const words =
  /^(order|mch|patch|payment|transaction|session|reference|request|channel|transfer|merchant)?(type|status|word)$|status|currency|^(type|lang|result|code|message|success|orderType|payType|paymentType|paymentBrand|paymentMode)$/i

/** Of whom the `id` or `no` is the person's own, such as a passport's. */
const person = /customer|payer|user|person|holder|owner|beneficiary|account/i
const itsNumber = /^(id|no)$/i

/** As long as a phone or an identity number, with whatever people write between its digits. */
const longNumber = /\d(?:[\s()./+-]{0,3}\d){8,}/
/** As identity and phone numbers are written; the numbers of payments are in one piece. */
const groupedNumber = /^\+?\d+(?:[ -]\d+)+$/

/** What is no name of a field is left out: a message that is no form has what it says in the place of names. */
const fieldName = /^[a-z][\w.-]{0,60}$/i

/** A database keeps a message with such a text not at all, and a screen shows it as something else. */
const notShown = /[\p{Cc}\p{Cs}]/u

const mask = "***"
const deepest = 4
/** More fields than any message of a gateway's has, at each level. */
const mostFields = 100

/** What a message said, with whatever may be personal or secret masked; undefined where it is none. */
export function maskedBody(rawBody: Buffer): Record<string, unknown> | undefined {
  const body = parseJsonOrForm(rawBody)
  return isPlainObject(body) ? masked(body, 1) : undefined
}

function masked(value: Record<string, unknown>, depth: number, of = ""): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => fieldName.test(key))
      .slice(0, mostFields)
      .map(([key, entry]) => {
        if (isPlainObject(entry) && depth < deepest) {
          return [key, masked(entry, depth + 1, key)]
        }
        return [key, mayBeShown(key, entry, of) ? entry : mask]
      })
  )
}

function mayBeShown(key: string, value: unknown, of: string): boolean {
  if (value === null || typeof value === "boolean") {
    return true
  }
  if (typeof value !== "number" && (typeof value !== "string" || value.length > 200)) {
    return false
  }
  const text = String(value)
  if (notShown.test(text) || looksLikeCardData({ [key]: value })) {
    return false
  }
  if (numbers.test(key)) {
    return !groupedNumber.test(text) && !(person.test(of) && itsNumber.test(key))
  }
  return times.test(key) || (words.test(key) && !longNumber.test(text))
}
