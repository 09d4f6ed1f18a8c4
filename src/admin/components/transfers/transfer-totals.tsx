import { Table } from "@medusajs/ui"
import { DayChart } from "../bar-chart"
import { ScrollTable } from "../line-table"
import { type Query, type TransferState, useProviderName } from "../payouts/api"
import { StateBadge } from "../payouts/state-badges"
import { transferStates } from "../payouts/states"
import { usePayoutWords } from "../payouts/words"
import { Loaded } from "../problem"
import { type TransferTotal, useMoneyOut, useTransferTotals } from "./api"
import { SubtleText } from "../text"

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
    return <SubtleText className="px-6 py-4">{t("payouts.noTotals")}</SubtleText>
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

/** What became of it, from the bottom of a bar up: the numbers are their order. */
const colors = {
  "1_paid": "fill-ui-tag-green-icon",
  "2_open": "fill-ui-tag-blue-icon",
  "3_returned": "fill-ui-tag-orange-icon",
  "4_failed": "fill-ui-tag-red-icon",
} as const

type Outcome = keyof typeof colors

/** What was sent by day, and what became of it since. */
export function MoneyOutChart({ filters }: { filters: Query }) {
  const { t } = usePayoutWords()
  return (
    <Loaded answer={useMoneyOut(filters)}>
      {({ money_out }) => (
        <DayChart
          money={money_out}
          seriesOf={({ status }) => outcomeOf(status)}
          look={(outcome) => ({
            name: t(`payouts.outcomes.${outcome.slice(2)}`),
            className: isOutcome(outcome) ? colors[outcome] : "",
          })}
          title={(currency) => t("payouts.moneyOut", { currency })}
          none={(period) => t("payouts.noMoneyOut", { period })}
        />
      )}
    </Loaded>
  )
}

function outcomeOf(status: TransferState): Outcome {
  switch (status) {
    case "succeeded":
      return "1_paid"
    case "returned":
      return "3_returned"
    case "failed":
    case "rejected":
    case "expired":
    case "canceled":
      return "4_failed"
    case "awaiting_approval":
    case "approved":
    case "submitting":
    case "processing":
    case "unknown":
    case "not_found":
    case "manual_review":
      return "2_open"
  }
}

function isOutcome(text: string): text is Outcome {
  return text in colors
}
