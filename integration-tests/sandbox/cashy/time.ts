/** Cashy's "yyyy-MM-dd HH:mm:ss". Assumption: in UTC; the vendor names no time zone. */
export function timeText(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace("T", " ")
}
