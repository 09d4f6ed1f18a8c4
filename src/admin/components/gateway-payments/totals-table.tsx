import { Table, Text } from "@medusajs/ui"
import { formatMoney } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { useWords } from "../../lib/words"
import { Loaded } from "../loaded"
import { ScrollTable } from "../scroll-table"
import { usePaymentTotals, type PaymentFilters, type PaymentTotal } from "./api"

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
    return (
      <Text size="small" className="text-ui-fg-subtle px-6 py-4">
        {t("payments.noTotals")}
      </Text>
    )
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
