import type { MoneyIn } from "./api"

/** The currencies in which money came, the one of the most payments first. */
export function currenciesOf({ days }: MoneyIn): string[] {
  const counts = new Map<string, number>()
  for (const { currency_code, count } of days) {
    counts.set(currency_code, (counts.get(currency_code) ?? 0) + count)
  }
  return [...counts.entries()].sort(([, a], [, b]) => b - a).map(([currency]) => currency)
}

/**
 * A bar for each day, also for those on which nothing came, with an amount for each provider.
 *
 * Numbers are exact enough to be drawn; as texts an amount of a day stays exact below fifteen digits.
 */
export function chartOf(
  { from, to, days }: MoneyIn,
  currency: string
): { providers: string[]; bars: { day: string; values: number[] }[] } {
  const own = days.filter(({ currency_code }) => currency_code === currency)
  const providers = [...new Set(own.map(({ provider_id }) => provider_id))].sort()
  const amounts = new Map(
    own.map(({ day, provider_id, amount }) => [`${day} ${provider_id}`, Number(amount)])
  )
  return {
    providers,
    bars: daysFrom(from, to).map((day) => ({
      day,
      values: providers.map((provider) => amounts.get(`${day} ${provider}`) ?? 0),
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
