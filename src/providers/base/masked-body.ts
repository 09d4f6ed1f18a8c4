import { parseJsonOrForm } from "../../gateways/shared/json-or-form"
import { looksLikeCardData } from "./card-data"
import { isPlainObject } from "./plain-object"

/**
 * Keys whose values can be told to anybody who may see payments: numbers of orders, amounts, words of a
 * status, times. All others may name a person or be a secret; a list of those would never be complete.
 */
const harmless =
  /^(order|mch|patch|payment|transaction|session|reference|request|channel|transfer|merchant)?(id|no|orderno|mchorderno|transactionid|serialno|type|status|word)$|status|amount|currency|fee$|time(stamp)?$|^(pid|series|type|lang|result|code|message|success|orderType|payType|paymentType|paymentBrand|paymentMode)$/i

/** What is no name of a field is left out: a message that is no form has what it says in the place of names. */
const fieldName = /^[a-z][\w.-]{0,60}$/i

/** PostgreSQL takes no text with a NUL or half a character in it, and the whole message would be lost. */
const notForDatabase = /\p{Cc}|\p{Cs}/u

const mask = "***"
const deepest = 4

/** What a message said, with whatever may be personal or secret masked; undefined where it is none. */
export function maskedBody(rawBody: Buffer): Record<string, unknown> | undefined {
  const body = parseJsonOrForm(rawBody)
  return isPlainObject(body) ? masked(body, 1) : undefined
}

function masked(value: Record<string, unknown>, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => fieldName.test(key))
      .map(([key, entry]) => {
        if (isPlainObject(entry) && depth < deepest) {
          return [key, masked(entry, depth + 1)]
        }
        return [key, mayBeShown(key, entry) ? entry : mask]
      })
  )
}

function mayBeShown(key: string, value: unknown): boolean {
  if (value === null || typeof value === "boolean") {
    return true
  }
  const isShort =
    typeof value === "number" ||
    (typeof value === "string" && value.length <= 200 && !notForDatabase.test(value))
  return isShort && harmless.test(key) && !looksLikeCardData({ [key]: value })
}
