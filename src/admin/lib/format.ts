/**
 * An exact amount with its currency, as the admin's language writes it: `1985.00` and `php` are `PHP 1,985.00`.
 *
 * @param amount major units, as the API's texts and `raw_` values have it; every digit of a text is shown
 */
export function formatMoney(amount: string | number, currency: string, language: string): string {
  const options = { style: "currency", currency, currencyDisplay: "code" } as const
  try {
    const usual = new Intl.NumberFormat(language, options).resolvedOptions().maximumFractionDigits
    const maximumFractionDigits = Math.max(usual ?? 0, decimalsOf(String(amount)))
    const format = new Intl.NumberFormat(language, { ...options, maximumFractionDigits })
    return format.format(amount as Intl.StringNumericLiteral) // a text is read exactly
  } catch {
    return `${String(amount)} ${currency.toUpperCase()}` // a code that is none
  }
}

function decimalsOf(amount: string): number {
  return Math.min((amount.split(".")[1] ?? "").replace(/0+$/, "").length, 20)
}

export function formatTime(time: string | Date, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(
    new Date(time)
  )
}

/** The day of a moment, where there is no room for its time. */
export function formatDate(time: string | Date, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(new Date(time))
}

/** A day such as `2026-05-01`, whose place was chosen before. */
export function formatDay(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`)
  )
}

const steps: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
]

/** How long ago something was, such as `3 hours ago`. */
export function formatAge(time: string | Date, language: string, now = new Date()): string {
  const seconds = (new Date(time).getTime() - now.getTime()) / 1_000
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" })
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1]
  return format.format(Math.trunc(seconds / size), unit)
}
