import { Table } from "@medusajs/ui"
import { formatMoney } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { useWords } from "../../lib/words"
import { DayChart } from "../bar-chart"
import { ScrollTable } from "../line-table"
import { Loaded } from "../problem"
import { type PaymentFilters, type PaymentTotal, useMoneyIn, usePaymentTotals } from "./api"
import { SubtleText } from "../text"

/** What the filtered payments add up to, a line for each gateway and currency. */
export function TotalsTable({ filters }: { filters: PaymentFilters }) {
  return (
    <Loaded answer={usePaymentTotals(filters)} skeleton="h-24">
      {({ totals }) => <Totals totals={totals} />}
    </Loaded>
  )
}

function Totals({ totals }: { totals: PaymentTotal[] }) {
  const { t } = useWords()
  if (totals.length === 0) {
    return <SubtleText className="px-6 py-4">{t("payments.noTotals")}</SubtleText>
  }
  return (
    <ScrollTable
      title={t("payments.totals")}
      columns={[
        { label: t("payments.columns.gateway") },
        ...["count", "ordered", "received", "refunded", "chargedBack"].map((name) => ({
          label: t(`payments.sums.${name}`),
          isNumber: true,
        })),
      ]}
    >
      {totals.map((total) => (
        <Line key={`${total.provider_id} ${total.currency_code}`} total={total} />
      ))}
    </ScrollTable>
  )
}

function Line({ total }: { total: PaymentTotal }) {
  const { language } = useWords()
  const amounts = [
    total.ordered_amount,
    total.received_amount,
    total.refunded_amount,
    total.charged_back_amount,
  ]
  return (
    <Table.Row>
      <Table.Cell className="whitespace-nowrap">{gatewayName(total.provider_id)}</Table.Cell>
      <Table.Cell className="text-right">
        {new Intl.NumberFormat(language).format(total.count)}
      </Table.Cell>
      {amounts.map((amount, place) => (
        <Table.Cell key={place} className="whitespace-nowrap text-right">
          {formatMoney(amount, total.currency_code, language)}
        </Table.Cell>
      ))}
    </Table.Row>
  )
}

/** As many as there are gateways; a sixth begins anew. */
const colors = [
  "fill-ui-tag-blue-icon",
  "fill-ui-tag-green-icon",
  "fill-ui-tag-orange-icon",
  "fill-ui-tag-purple-icon",
  "fill-ui-tag-red-icon",
]

/** What came in by day and gateway. */
export function MoneyInChart({ filters }: { filters: PaymentFilters }) {
  const { t } = useWords()
  return (
    <Loaded answer={useMoneyIn(filters)}>
      {({ money_in }) => (
        <DayChart
          money={money_in}
          seriesOf={({ provider_id }) => provider_id}
          look={(id, place) => ({
            name: gatewayName(id),
            className: colors[place % colors.length] ?? "",
          })}
          title={(currency) => t("payments.moneyIn", { currency })}
          none={(period) => t("payments.noMoneyIn", { period })}
        />
      )}
    </Loaded>
  )
}
