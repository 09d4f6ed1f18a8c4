import { typedAmount } from "../../lib/amounts"

/** From which amount to which, in which currency; an empty text where there is no bound, or any currency. */
export type AmountRange = { from: string; to: string; currency: string }

export const anyAmount: AmountRange = { from: "", to: "", currency: "" }

/** More than any currency has. */
const mostDecimals = 4

/** As the list's filter shows it and the page's address keeps it, such as `100 – 2500.50 PHP`; undefined for any amount. */
export function rangeText({ from, to, currency }: AmountRange): string | undefined {
  const bounds = from && to ? `${from} – ${to}` : from ? `≥ ${from}` : to && `≤ ${to}`
  return [bounds, currency.toUpperCase()].filter(Boolean).join(" ") || undefined
}

/** What such a text says; any amount for what says nothing. */
export function rangeOf(text: unknown): AmountRange {
  const [, least, from, to, most, code] =
    /^(?:≥ ([\d.]+)|([\d.]+) – ([\d.]+)|≤ ([\d.]+))?(?:^| ?)([A-Z]{3})?$/.exec(
      typeof text === "string" ? text : ""
    ) ?? []
  return { from: least ?? from ?? "", to: most ?? to ?? "", currency: code?.toLowerCase() ?? "" }
}

/** As the routes of transfers take it, instead of the filter's text. */
export function withAmountRange<Filters extends Record<string, unknown>>({
  amount: text,
  ...filters
}: Filters) {
  const { from, to, currency } = rangeOf(text)
  return {
    ...filters,
    ...(from ? { "amount[$gte]": from } : {}),
    ...(to ? { "amount[$lte]": to } : {}),
    ...(currency ? { currency_code: currency } : {}),
  }
}

/** A bound as somebody types it, exact; an empty text for none, undefined for what is no amount. */
export function typedBound(typed: string): string | undefined {
  if (typed.trim() === "") {
    return ""
  }
  return typedAmount(typed, mostDecimals)?.replace(/\.?0+$/, "")
}
