/**
 * Whether it is the name of a time zone, such as `Asia/Manila`. An offset such as `+08:00` is none: newer versions of
 * Node take it for one, and PostgreSQL reads its sign the other way round.
 */
export function isTimeZone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) {
    return false
  }
  try {
    new Intl.DateTimeFormat("en", { timeZone: name })
    return true
  } catch {
    return false
  }
}

/**
 * The day of a moment there, such as `2026-05-31`. Put together of its parts: how a locale writes a day has changed from
 * one version of Node's locale data to the next.
 */
export function dayOf(time: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  })
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]))
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`
}
