import { Select, Text } from "@medusajs/ui"
import { useState } from "react"
import { formatDay, formatMoney } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { useWords } from "../../lib/words"
import { BarChart } from "../bar-chart"
import { Loaded } from "../loaded"
import { useMoneyIn, type MoneyIn, type PaymentFilters } from "./api"
import { chartOf, currenciesOf } from "./money-in-bars"

/** As many as there are gateways; a sixth begins anew. */
const colors = [
  "fill-ui-tag-blue-icon",
  "fill-ui-tag-green-icon",
  "fill-ui-tag-orange-icon",
  "fill-ui-tag-purple-icon",
  "fill-ui-tag-red-icon",
]

/** What came in by day and gateway, in one currency at a time: sums of several mean nothing. */
export function MoneyInChart({ filters }: { filters: PaymentFilters }) {
  return (
    <Loaded answer={useMoneyIn(filters)}>{({ money_in }) => <Chart moneyIn={money_in} />}</Loaded>
  )
}

function Chart({ moneyIn }: { moneyIn: MoneyIn }) {
  const { t, language } = useWords()
  const currencies = currenciesOf(moneyIn)
  const [chosen, choose] = useState<string>()
  const currency = currencies.find((code) => code === chosen) ?? currencies[0]
  const period = t("payments.period", {
    from: formatDay(moneyIn.from, language),
    to: formatDay(moneyIn.to, language),
    zone: moneyIn.time_zone,
  })
  if (currency === undefined) {
    return (
      <Text size="small" className="text-ui-fg-subtle px-6 py-4">
        {t("payments.noMoneyIn", { period })}
      </Text>
    )
  }
  const { providers, bars } = chartOf(moneyIn, currency)
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
        title={t("payments.moneyIn", { currency: currency.toUpperCase() })}
        series={providers.map((id, place) => ({
          name: gatewayName(id),
          className: colors[place % colors.length] ?? "",
        }))}
        bars={bars.map(({ day, values }) => ({ label: formatDay(day, language), values }))}
        format={(amount) => formatMoney(amount, currency, language)}
      />
    </div>
  )
}
