import { Select, Text } from "@medusajs/ui"
import { useState } from "react"
import { chartOf, currenciesOf, type DayLine, type MoneyByDay } from "../lib/day-bars"
import { formatDay, formatMoney } from "../lib/format"
import { useWords } from "../lib/words"
import { StrongText, SubtleText } from "./text"

type Bar = {
  label: string
  /** Where two can have the same label. */
  id?: string
  /** From the bottom up; each is a number of the same series in all bars. */
  values: readonly number[]
}

type Series = { name: string; className: string }

const height = 120
const barWidth = 16
const gap = 6

/**
 * Stacked bars, one for each day or run. What the bars show stands in a table beside them for whoever can't see them.
 *
 * @param format how a value reads, such as an amount with its currency
 */
export function BarChart({
  title,
  series,
  bars,
  format,
}: {
  title: string
  series: readonly Series[]
  bars: readonly Bar[]
  format: (value: number, series: number) => string
}) {
  const most = Math.max(...bars.map(({ values }) => sum(values)), 0)
  const ends = bars.length > 8 ? [...bars.slice(0, 1), ...bars.slice(-1)] : bars.slice(-1)
  const width = bars.length * (barWidth + gap)
  return (
    <figure className="flex flex-col gap-y-2">
      <figcaption>
        <StrongText>{title}</StrongText>
      </figcaption>
      <div
        ref={showItsEnd}
        className="overflow-x-auto"
        tabIndex={0}
        role="group"
        aria-label={title}
      >
        <svg
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          aria-hidden="true"
          className="max-w-none"
        >
          {bars.map(({ id, label, values }, place) => (
            <g key={id ?? label} transform={`translate(${place * (barWidth + gap)} 0)`}>
              <rect y={height - 1} width={barWidth} height={1} className="fill-ui-fg-disabled" />
              {stacked(values, most).map(({ y, size }, which) => (
                <rect
                  key={series[which]?.name ?? which}
                  y={y}
                  width={barWidth}
                  height={size}
                  rx={1}
                  className={series[which]?.className}
                >
                  <title>
                    {`${label} · ${series[which]?.name ?? ""} · ${format(values[which] ?? 0, which)}`}
                  </title>
                </rect>
              ))}
            </g>
          ))}
        </svg>
        <div className="flex justify-between" style={{ width }} aria-hidden="true">
          {ends.map(({ label }) => (
            <Text key={label} size="xsmall" className="text-ui-fg-subtle whitespace-nowrap">
              {label}
            </Text>
          ))}
        </div>
      </div>
      <div className="flex flex-wrap gap-x-4 gap-y-1" aria-hidden="true">
        {series.map(({ name, className }) => (
          <span key={name} className="flex items-center gap-x-1">
            <svg width={8} height={8}>
              <rect width={8} height={8} rx={1} className={className} />
            </svg>
            <Text size="xsmall" className="text-ui-fg-subtle">
              {name}
            </Text>
          </span>
        ))}
      </div>
      <table className="sr-only">
        <caption>{title}</caption>
        <thead>
          <tr>
            <td />
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bars.map(({ id, label, values }) => (
            <tr key={id ?? label}>
              <th scope="row">{label}</th>
              {values.map((value, which) => (
                <td key={series[which]?.name ?? which}>{format(value, which)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

/** Where not all of them fit, the last ones are what people came for. */
function showItsEnd(element: HTMLElement | null): void {
  element?.scrollTo({ left: element.scrollWidth })
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function stacked(values: readonly number[], most: number): { y: number; size: number }[] {
  let top = height - 1
  return values.map((value) => {
    const size = most > 0 ? (value / most) * (height - 8) : 0
    top -= size
    return { y: top, size }
  })
}

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
    return <SubtleText className="px-6 py-4">{none(period)}</SubtleText>
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
