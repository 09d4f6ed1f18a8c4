const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** After each try that failed, in milliseconds; together a little more than a day. */
const delays = [10 * second, minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 18 * hour]

/** When a message is tried again that has been tried so often; null where it is given up. */
export function nextTry(attempts: number, now: Date): Date | null {
  const delay = delays[attempts - 1]
  return delay === undefined ? null : new Date(now.getTime() + delay)
}
