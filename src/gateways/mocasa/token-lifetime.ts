const shortest = 1_000
/** Assumption: a token without `expireTime` lives five minutes; a 401 before that renews it all the same. */
const unstated = 5 * 60_000

/**
 * How long an access token lives, in milliseconds.
 *
 * Assumption: `expireTime` comes without a unit (Mocasa, "Authorization"). Above 1e12 it is a point in time
 * in milliseconds, above 1e9 one in seconds, else a lifetime in seconds: the three ranges don't meet before
 * a token would live for thirty years.
 */
export function tokenLifetimeMs(expireTime: number | null | undefined, now: Date): number {
  if (expireTime === null || expireTime === undefined) {
    return unstated
  }
  return Math.max(shortest, lifetime(expireTime, now.getTime()))
}

function lifetime(expireTime: number, now: number): number {
  if (expireTime > 1e12) {
    return expireTime - now
  }
  if (expireTime > 1e9) {
    return expireTime * 1_000 - now
  }
  return expireTime * 1_000
}
