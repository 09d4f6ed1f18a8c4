import {
  createDataTableColumnHelper,
  createDataTableFilterHelper,
  StatusBadge,
  Text,
} from "@medusajs/ui"
import { useMemo, type ReactNode } from "react"
import { useNavigate } from "react-router-dom"
import { useDateFilter } from "../../lib/table-state"
import { formatDate, formatTime } from "../../lib/format"
import type { useTableState } from "../../lib/table-state"
import { ExportButton } from "../export-button"
import { ListTable, RowLink, severalOf, sortedBy } from "../list-table"
import { usePayoutProviders, useProviderName, type Transfer } from "../payouts/api"
import { StateBadge } from "../payouts/state-badges"
import { transferStates } from "../payouts/states"
import { usePayoutWords } from "../payouts/words"
import { withAmountRange } from "./amount-range"
import { AmountRangeFilter } from "./amount-range-filter"
import { transfersPath, useTransfers } from "./api"

/** The filters of the page, as the API names them. */
export const transferFilterIds = [
  "status",
  "provider_id",
  "currency_code",
  "amount",
  "held",
  "created_at",
  "approved_at",
  "beneficiary_id",
]

const column = createDataTableColumnHelper<Transfer>()
const filter = createDataTableFilterHelper<Transfer & { held: string }>()

/**
 * What was paid, is being paid and waits to be paid; a click opens one.
 *
 * @param filters the table's own, without its page
 * @param actions what can be made
 */
export function TransfersTable({
  table,
  filters,
  actions,
}: {
  table: ReturnType<typeof useTableState>
  filters: Parameters<typeof useTransfers>[0]
  actions: ReactNode
}) {
  const { t } = usePayoutWords()
  const navigate = useNavigate()
  const { data, isLoading, error, refetch } = useTransfers(withAmountRange(table.query))
  return (
    <ListTable
      table={table}
      answer={{ rows: data?.transfers, count: data?.count, isLoading, error, refetch }}
      columns={useColumns()}
      filters={useFilters()}
      onOpen={({ id }) => navigate(`/payouts/${id}`)}
      heading={t("payouts.title")}
      description={t("payouts.subtitle")}
      searchLabel={t("payouts.search")}
      empty={(word) => t(`payouts.empty.${word}`)}
      actions={
        <>
          <ExportButton
            path={transfersPath}
            filters={filters ?? {}}
            fileName="payout-transfers.csv"
          />
          {actions}
        </>
      }
    />
  )
}

function useColumns() {
  const { t, language, money } = usePayoutWords()
  const providerName = useProviderName()
  const { data } = usePayoutProviders()
  return useMemo(
    () => [
      column.accessor("reference", {
        header: t("payouts.columns.payee"),
        cell: ({ row: { original } }) => <Payee transfer={original} />,
      }),
      column.accessor("amount", {
        ...sortedBy(t("payouts.columns.amount")),
        headerAlign: "right",
        align: "right",
        cell: ({ row: { original } }) => (
          <span className="whitespace-nowrap">
            {money(original.raw_amount.value, original.currency_code)}
          </span>
        ),
      }),
      column.accessor("status", {
        header: t("payouts.columns.state"),
        cell: ({ row: { original } }) => <State transfer={original} />,
      }),
      column.accessor("purpose", {
        header: t("payouts.columns.purpose"),
        cell: ({ getValue }) => <span className="block max-w-[220px] truncate">{getValue()}</span>,
      }),
      column.accessor("provider_id", {
        header: t("payouts.columns.gateway"),
        cell: ({ getValue }) => providerName(getValue()),
      }),
      column.accessor("created_at", {
        ...sortedBy(t("payouts.columns.made")),
        cell: ({ getValue }) => (
          <span className="whitespace-nowrap" title={formatTime(getValue(), language)}>
            {formatDate(getValue(), language)}
          </span>
        ),
      }),
    ],
    [language, data]
  )
}

/** Who is paid and where, and the way to the transfer without a mouse. */
function Payee({ transfer: { id, reference, beneficiary } }: { transfer: Transfer }) {
  return (
    <div className="flex max-w-[250px] flex-col py-1">
      <RowLink to={`/payouts/${id}`}>{beneficiary?.name ?? reference}</RowLink>
      <Text size="xsmall" leading="compact" className="text-ui-fg-subtle truncate">
        {[beneficiary?.account_hint, reference].filter(Boolean).join(" · ")}
      </Text>
    </div>
  )
}

/** What waits for a second look says why. */
function State({ transfer: { status, same_as_id, first_payment_to } }: { transfer: Transfer }) {
  const { t } = usePayoutWords()
  const isWaiting = status === "awaiting_approval"
  return (
    <div className="flex items-center gap-x-2">
      <StateBadge state={status} />
      {isWaiting && same_as_id !== null && (
        <StatusBadge color="red" className="text-nowrap">
          {t("approvals.alike.badge")}
        </StatusBadge>
      )}
      {isWaiting && first_payment_to !== null && (
        <StatusBadge color="orange" className="text-nowrap">
          {t("approvals.firstPayment.badge")}
        </StatusBadge>
      )}
    </div>
  )
}

function useFilters() {
  const { t, language, state } = usePayoutWords()
  const providerName = useProviderName()
  const date = useDateFilter()
  const { data: providers = [] } = usePayoutProviders()
  return useMemo(() => {
    const currencies = new Set(
      providers.flatMap(({ capabilities }) =>
        capabilities.currencies.map(({ currency_code }) => currency_code)
      )
    )
    return [
      filter.accessor("status", {
        ...severalOf(t("payouts.columns.state"), transferStates, state),
        searchable: false,
      }),
      filter.accessor("provider_id", {
        ...severalOf(
          t("payouts.columns.gateway"),
          providers.map(({ id }) => id),
          providerName
        ),
        searchable: false,
      }),
      filter.accessor("currency_code", {
        ...severalOf(t("payments.currency"), [...currencies].sort(), (value) =>
          value.toUpperCase()
        ),
        searchable: false,
      }),
      filter.accessor("amount", {
        type: "custom",
        label: t("payouts.columns.amount"),
        render: ({ value, onChange }) => (
          <AmountRangeFilter
            value={value}
            onChange={onChange}
            currencies={[...currencies].sort()}
          />
        ),
      }),
      filter.accessor("held", {
        type: "select",
        label: t("payouts.second"),
        options: [
          { label: t("payouts.heldOnly"), value: "true" },
          { label: t("payouts.notHeld"), value: "false" },
        ],
      }),
      filter.accessor("created_at", { ...date, label: t("payouts.columns.made") }),
      filter.accessor("approved_at", { ...date, label: t("payouts.approved") }),
      filter.accessor("beneficiary_id", {
        type: "string",
        label: t("payouts.columns.payee"),
        placeholder: t("payouts.payeeHint"),
      }),
    ]
  }, [language, providers])
}
