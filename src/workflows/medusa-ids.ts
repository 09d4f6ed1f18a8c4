import type { TimeWindow } from "../modules/payment-journal/repositories/operations"

/** What Medusa's ids begin with. */
export const idPrefixes = { capture: "capt", refund: "ref" } as const

/**
 * Between the id of a row, which Medusa gives first, and its `created_at`, in milliseconds: far more than a request
 * takes and servers' clocks differ, and of no shop more than some thousand rows.
 */
const apartMs = 60 * 60_000

/**
 * Between which ids Medusa's rows lie that were written within the window. Its tables have an index by the id and none by
 * the time; the window is a little wider, so that the time itself is to be asked for as well.
 *
 * Assumption: Medusa itself has given them, as a prefix and a ULID, whose first ten characters are the time. Nothing of
 * its API takes one from outside.
 */
export function idsOfTime(
  prefix: string,
  { from, until }: TimeWindow
): { $gte: string; $lt: string } {
  return {
    $gte: `${prefix}_${timeOfUlid(from.getTime() - apartMs)}`,
    $lt: `${prefix}_${timeOfUlid(until.getTime() + apartMs)}`,
  }
}

/** Crockford's base 32, whose characters are in their order by any collation. */
const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/** The first ten characters of a ULID, of 48 bits of milliseconds. */
function timeOfUlid(milliseconds: number): string {
  let rest = Math.max(0, Math.floor(milliseconds))
  let text = ""
  for (let place = 0; place < 10; place += 1) {
    text = digits.charAt(rest % 32) + text
    rest = Math.floor(rest / 32)
  }
  return text
}
