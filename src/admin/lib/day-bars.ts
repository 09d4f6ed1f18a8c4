/** Sums of money by day, as the API answers them for a chart. */
export type MoneyByDay<Line extends DayLine = DayLine> = {
  time_zone: string
  from: string
  to: string
  days: Line[]
}

export type DayLine = { day: string; currency_code: string; amount: string; count: number }

/** The currencies in which money moved, the one of the most payments first. */
export function currenciesOf({ days }: Pick<MoneyByDay, "days">): string[] {
  const counts = new Map<string, number>()
  for (const { currency_code, count } of days) {
    counts.set(currency_code, (counts.get(currency_code) ?? 0) + count)
  }
  return [...counts.entries()].sort(([, a], [, b]) => b - a).map(([currency]) => currency)
}

/**
 * A bar for each day, also for those on which nothing moved, with an amount for each series.
 *
 * Numbers are exact enough to be drawn; as texts an amount of a day stays exact below fifteen digits.
 *
 * @param seriesOf what a line is counted to, such as its provider
 */
export function chartOf<Line extends DayLine>(
  { from, to, days }: Pick<MoneyByDay<Line>, "from" | "to" | "days">,
  currency: string,
  seriesOf: (line: Line) => string
): { series: string[]; bars: { day: string; values: number[] }[] } {
  const own = days.filter(({ currency_code }) => currency_code === currency)
  const series = [...new Set(own.map(seriesOf))].sort()
  const amounts = new Map<string, number>()
  for (const line of own) {
    const key = `${line.day} ${seriesOf(line)}`
    amounts.set(key, (amounts.get(key) ?? 0) + Number(line.amount))
  }
  return {
    series,
    bars: daysFrom(from, to).map((day) => ({
      day,
      values: series.map((one) => amounts.get(`${day} ${one}`) ?? 0),
    })),
  }
}

/** Each day such as `2026-05-01`, both ends among them. */
export function daysFrom(first: string, last: string): string[] {
  const days = []
  const end = Date.parse(last)
  for (let time = Date.parse(first); time <= end; time += 86_400_000) {
    days.push(new Date(time).toISOString().slice(0, 10))
  }
  return days
}
