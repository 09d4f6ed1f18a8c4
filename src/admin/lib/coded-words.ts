import type { TFunction } from "i18next"
import { formatDay, formatMoney, formatTime } from "./format"
import { gatewayName } from "./gateway-name"

/** Values that words name, as an answer has them. */
export type Details = Readonly<Record<string, unknown>>

/**
 * What a code says in the admin's language; undefined where it has no words, or a value that they name is not there.
 *
 * @param keys where its words may stand, the first that there are count
 */
export function codedWords(
  keys: readonly string[],
  details: Details,
  t: TFunction<string>,
  language: string
): string | undefined {
  const key = keys.find((one) => {
    const words: unknown = t(one, { defaultValue: "" })
    return typeof words === "string" && words !== "" // not so of "constructor"
  })
  if (key === undefined) {
    return undefined
  }
  const named = [...t(key, { skipInterpolation: true }).matchAll(/\{\{(\w+)\}\}/g)]
  const values: Record<string, string> = {}
  for (const [, name] of named) {
    const value = name === undefined ? undefined : details[name]
    if (name === undefined || typeof value !== "string") {
      return undefined
    }
    values[name] = valueInWords(name, value, t, language)
  }
  return t(key, values)
}

/** Why something is so, or was done, as the API tells it: a sentence, and its code where it is none of a person's own words. */
export type Reason = { text: string | null; code?: string | null; details?: Details | null }

/** In the admin's language where its code has words, else as it was written down; undefined where nothing was. */
export function reasonInWords(
  { text, code, details }: Reason,
  t: TFunction<string>,
  language: string
): string | undefined {
  const sentence = code ? codedWords([`reasons.${code}`], details ?? {}, t, language) : undefined
  if (sentence === undefined) {
    return text ?? undefined
  }
  const words = details?.words
  return typeof words === "string" ? t("common.withWords", { sentence, words }) : sentence
}

function valueInWords(name: string, value: string, t: TFunction<string>, language: string): string {
  switch (name) {
    case "transfer_state":
    case "outcome":
      return t(`payouts.states.${value}`, { defaultValue: value })
    case "beneficiary_state":
      return t(`beneficiaries.states.${value}`, { defaultValue: value })
    case "exception_state":
      return t(`exceptions.states.${value}`, { defaultValue: value })
    case "sale_state":
      return t(`till.states.${value}`, { defaultValue: value })
    case "provider":
      return gatewayName(value)
    case "time":
    case "changed_at":
    case "ends_at":
      return formatTime(value, language)
    case "day":
      return formatDay(value, language)
    case "amount":
    case "most":
    case "said":
    case "told":
    case "fee":
    case "fee_before":
      return moneyInWords(value, language)
    case "sums":
      return sumsInWords(value, t, language)
    case "fields":
      return value
        .split(", ")
        .map((field) =>
          t(`payouts.fields.${field.replace(/^account\./, "")}`, { defaultValue: field })
        )
        .join(", ")
    default:
      return value
  }
}

/** Such as `1500.00 php`. */
function moneyInWords(value: string, language: string): string {
  const [, amount, currency] = /^(\d+(?:\.\d+)?) ([a-z]{3})$/i.exec(value) ?? []
  return amount === undefined || currency === undefined
    ? value
    : formatMoney(amount, currency, language)
}

/** Such as `1500.00 php 2 po_cashy_cashy, 10.00 php 1 po_mocasa_mocasa`: amount, currency, count and provider of each. */
function sumsInWords(value: string, t: TFunction<string>, language: string): string {
  return value
    .split(", ")
    .map((sum) => {
      const [amount = "", currency = "", count = "", provider = ""] = sum.split(" ")
      return t("common.sumAt", {
        amount: moneyInWords(`${amount} ${currency}`, language),
        number: count,
        gateway: gatewayName(provider),
      })
    })
    .join(", ")
}
