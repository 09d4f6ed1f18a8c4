const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** After each try that failed, in milliseconds; together a little more than a day. */
const delays = [10 * second, minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 18 * hour]

/** How long a message that has been tried so often waits for the next try; null where it is given up. */
export function delayOfNextTry(attempts: number): number | null {
  return delays[attempts - 1] ?? null
}
