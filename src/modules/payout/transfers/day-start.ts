const secondMs = 1_000
/** The longest day there is: 25 hours, where clocks are put back, and one to spare. */
const longestDaySeconds = 26 * 60 * 60

/**
 * When the day of `now` began there. Searched for rather than computed: where clocks are put forward at
 * midnight the day begins at one o'clock.
 */
export function startOfDay(now: Date, timeZone: string): Date {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" })
  const today = format.format(now)
  const nowSecond = Math.floor(now.getTime() / secondMs)
  const isToday = (second: number) => format.format(second * secondMs) === today
  let before = nowSecond - longestDaySeconds
  let within = nowSecond
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2)
    if (isToday(middle)) {
      within = middle
    } else {
      before = middle
    }
  }
  return new Date(within * secondMs)
}
