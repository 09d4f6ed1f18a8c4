import { parseJsonOrForm } from "../../gateways/shared/json"
import { looksLikeCardData } from "./card-data"
import { holdsLongNumber } from "../../gateways/shared/text"
import { isPlainObject } from "../../shared/validation"

/**
 * Keys whose values can be told to anybody who may see payments: numbers of orders, amounts, words of a
 * status, times. All others may name a person or be a secret; a list of those would never be complete.
 */
const numbers =
  /^(order|mch|patch|payment|transaction|session|reference|request|channel|transfer|merchant)?(id|no|orderno|mchorderno|transactionid|serialno)$|^(pid|series)$/i
const amounts = /amount|fee$/i
const times = /time(stamp)?$/i
const words =
  /^(order|mch|patch|payment|transaction|session|reference|request|channel|transfer|merchant)?(type|status|word)$|status|currency|^(type|lang|result|code|message|success|orderType|payType|paymentType|paymentBrand|paymentMode)$/i

/**
 * What holds an `id` or a `no` of its own that is no person's. Whatever else has one may be somebody, whose number is
 * that of a passport: a list of those would never be complete either.
 */
const holdsPayment =
  /^(data|body|result|response|request|event|details?|transfer|merchant)$|(order|payment|transaction|session|refund|charge|transfer)$/i
const itsNumber = /^(id|no)$/i

/** An amount as gateways write it, also with its currency. */
const amount = /^[+-]?\d{1,15}(?:[.,]\d{1,15})*(?: ?[a-z]{3})?$/i

/** A time as gateways write it, in any order and zone, or as a number of seconds. */
const time = /^[\d\s:.,/+TZ-]+$/i

/** The numbers of payments are in one piece. */
const onePiece = /^[\w.:/-]+$/
/** As identity and phone numbers are written. */
const groupedNumber = /^\d+(?:-\d+)+$/

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
  return isPlainObject(body) ? masked(body, 1, true) : undefined
}

/** @param isOfPayment whether the fields are those of a payment, and not of somebody */
function masked(
  value: Record<string, unknown>,
  depth: number,
  isOfPayment: boolean
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => fieldName.test(key))
      .slice(0, mostFields)
      .map(([key, entry]) => {
        if (isPlainObject(entry) && depth < deepest) {
          return [key, masked(entry, depth + 1, isOfPayment && holdsPayment.test(key))]
        }
        return [key, mayBeShown(key, entry, isOfPayment) ? entry : mask]
      })
  )
}

function mayBeShown(key: string, value: unknown, isOfPayment: boolean): boolean {
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
    return onePiece.test(text) && !groupedNumber.test(text) && (isOfPayment || !itsNumber.test(key))
  }
  if (amounts.test(key)) {
    return amount.test(text)
  }
  if (times.test(key)) {
    return time.test(text)
  }
  return words.test(key) && !holdsLongNumber(text)
}
