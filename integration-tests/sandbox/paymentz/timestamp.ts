/** "yyyy-MM-dd HH:mm:ss". Assumption: in UTC, because the vendor names no zone. */
export function timestamp(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace("T", " ")
}

const DAY = /^(\d{2})\/(\d{2})\/(\d{4})$/

/** Midnight of a day written dd/mm/yyyy, as epoch milliseconds; `undefined` where there is no such day. */
export function parseDay(text: string): number | undefined {
  const [, day = "", month = "", year = ""] = DAY.exec(text) ?? []
  const iso = `${year}-${month}-${day}`
  const epochMs = Date.parse(`${iso}T00:00:00Z`)
  // Date.parse takes the 31st of a shorter month for the 1st of the next.
  return timestampDay(epochMs) === iso ? epochMs : undefined
}

function timestampDay(epochMs: number): string | undefined {
  return Number.isNaN(epochMs) ? undefined : timestamp(epochMs).slice(0, 10)
}
