import { Select, Text } from "@medusajs/ui"
import { useState } from "react"
import { chartOf, currenciesOf, type DayLine, type MoneyByDay } from "../lib/day-bars"
import { formatDay, formatMoney } from "../lib/format"
import { useWords } from "../lib/words"
import { BarChart, type Series } from "./bar-chart"

/**
 * Money by day, in one currency at a time: sums of several mean nothing.
 *
 * @param seriesOf what a line is counted to, such as its provider
 * @param look how a series is called and drawn, by its place among those that there are
 * @param none what is said of a time in which nothing moved
 */
export function DayChart<Line extends DayLine>({
  money,
  seriesOf,
  look,
  title,
  none,
}: {
  money: MoneyByDay<Line>
  seriesOf: (line: Line) => string
  look: (series: string, place: number) => Series
  title: (currency: string) => string
  none: (period: string) => string
}) {
  const { t, language } = useWords()
  const currencies = currenciesOf(money)
  const [chosen, choose] = useState<string>()
  const currency = currencies.find((code) => code === chosen) ?? currencies[0]
  const period = t("payments.period", {
    from: formatDay(money.from, language),
    to: formatDay(money.to, language),
    zone: money.time_zone,
  })
  if (currency === undefined) {
    return (
      <Text size="small" className="text-ui-fg-subtle px-6 py-4">
        {none(period)}
      </Text>
    )
  }
  const { series, bars } = chartOf(money, currency, seriesOf)
  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Text size="xsmall" className="text-ui-fg-subtle">
          {period}
        </Text>
        {currencies.length > 1 && (
          <Select size="small" value={currency} onValueChange={choose}>
            <Select.Trigger aria-label={t("payments.currency")} className="w-24">
              <Select.Value />
            </Select.Trigger>
            <Select.Content>
              {currencies.map((code) => (
                <Select.Item key={code} value={code}>
                  {code.toUpperCase()}
                </Select.Item>
              ))}
            </Select.Content>
          </Select>
        )}
      </div>
      <BarChart
        title={title(currency.toUpperCase())}
        series={series.map(look)}
        bars={bars.map(({ day, values }) => ({ label: formatDay(day, language), values }))}
        format={(amount) => formatMoney(amount, currency, language)}
      />
    </div>
  )
}
