import { Table, Text } from "@medusajs/ui"
import { Loaded } from "../loaded"
import { useProviderName, type Query } from "../payouts/api"
import { StateBadge } from "../payouts/state-badge"
import { transferStates } from "../payouts/states"
import { usePayoutWords } from "../payouts/words"
import { ScrollTable } from "../scroll-table"
import { useTransferTotals, type TransferTotal } from "./api"

/** What the filtered transfers add up to, a line for each gateway, state and currency. */
export function TransferTotals({ filters }: { filters: Query }) {
  return (
    <Loaded answer={useTransferTotals(filters)} skeleton="h-24">
      {({ by_provider }) => <Totals totals={by_provider} />}
    </Loaded>
  )
}

function Totals({ totals }: { totals: TransferTotal[] }) {
  const { t, language, money } = usePayoutWords()
  const providerName = useProviderName()
  if (totals.length === 0) {
    return (
      <Text size="small" className="text-ui-fg-subtle px-6 py-4">
        {t("payouts.noTotals")}
      </Text>
    )
  }
  const lines = transferStates.flatMap((state) => totals.filter(({ status }) => status === state))
  return (
    <ScrollTable
      title={t("payouts.totals")}
      columns={[
        { label: t("payouts.columns.gateway") },
        { label: t("payouts.columns.state") },
        { label: t("payouts.count"), isNumber: true },
        { label: t("payouts.columns.amount"), isNumber: true },
        { label: t("payouts.fees"), isNumber: true },
      ]}
    >
      {lines.map(({ provider_id, status, currency_code, count, amount, fees }) => (
        <Table.Row key={`${provider_id} ${status} ${currency_code}`}>
          <Table.Cell className="whitespace-nowrap">{providerName(provider_id)}</Table.Cell>
          <Table.Cell>
            <StateBadge state={status} />
          </Table.Cell>
          <Table.Cell className="text-right">
            {new Intl.NumberFormat(language).format(count)}
          </Table.Cell>
          <Table.Cell className="whitespace-nowrap text-right">
            {money(amount, currency_code)}
          </Table.Cell>
          <Table.Cell className="whitespace-nowrap text-right">
            {Number(fees) > 0 ? money(fees, currency_code) : ""}
          </Table.Cell>
        </Table.Row>
      ))}
    </ScrollTable>
  )
}
