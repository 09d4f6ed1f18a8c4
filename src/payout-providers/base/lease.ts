/**
 * How long a transfer can be under way at most, in milliseconds: each call its whole time, and one time more
 * for whatever is slow on our side, so that a call's own time-out is always what ends it.
 *
 * @param calls how many it takes, those for a token and the repeat after HTTP 401 included
 */
export function leaseFor(timeoutMs: number, calls: number): number {
  return timeoutMs * (calls + 1)
}
