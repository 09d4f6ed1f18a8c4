import {
  createDataTableColumnHelper,
  createDataTableFilterHelper,
  StatusBadge,
  Text,
} from "@medusajs/ui"
import { useMemo } from "react"
import { Link, useNavigate } from "react-router-dom"
import { useDateFilter } from "../../lib/table-state"
import { formatDate, formatMoney, formatTime } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import type { useTableState } from "../../lib/table-state"
import { useWords } from "../../lib/words"
import { ExportButton } from "../export-button"
import { ListTable, RowLink, severalOf, sortedBy } from "../list-table"
import {
  paymentsPath,
  usePayments,
  usePaymentTotals,
  type Payment,
  paymentStates,
  stateColors,
} from "./api"

/** The filters of the page, as the API names them. */
export const filterIds = [
  "provider_id",
  "state",
  "currency_code",
  "created_at",
  "customer_id",
  "cart_id",
]

const column = createDataTableColumnHelper<Payment>()
const filter = createDataTableFilterHelper<Payment & { customer_id: string }>()

/** All orders at gateways; a click opens one. */
export function PaymentsTable({
  table,
  filters,
}: {
  table: ReturnType<typeof useTableState>
  filters: Parameters<typeof usePayments>[0]
}) {
  const { t } = useWords()
  const navigate = useNavigate()
  const { data, isLoading, error, refetch } = usePayments(table.query)
  return (
    <ListTable
      table={table}
      answer={{ rows: data?.gateway_payments, count: data?.count, isLoading, error, refetch }}
      columns={useColumns()}
      filters={useFilters()}
      onOpen={({ id }) => navigate(`/gateway-payments/${id}`)}
      heading={t("payments.title")}
      description={t("payments.subtitle")}
      searchLabel={t("payments.search")}
      empty={(word) => t(`payments.empty.${word}`)}
      actions={
        <ExportButton path={paymentsPath} filters={filters ?? {}} fileName="gateway-payments.csv" />
      }
    />
  )
}

function useColumns() {
  const { t, language } = useWords()
  return useMemo(
    () => [
      column.accessor("reference", {
        header: t("payments.columns.reference"),
        cell: ({ row: { original } }) => <References payment={original} />,
      }),
      column.accessor("created_at", {
        ...sortedBy(t("payments.columns.opened")),
        cell: ({ getValue }) => (
          <span title={formatTime(getValue(), language)}>{formatDate(getValue(), language)}</span>
        ),
      }),
      column.accessor("provider_id", {
        header: t("payments.columns.gateway"),
        cell: ({ getValue }) => gatewayName(getValue()),
      }),
      column.accessor("state", {
        header: t("payments.columns.state"),
        cell: ({ row: { original } }) => <State payment={original} />,
      }),
      column.accessor("amount", {
        ...sortedBy(t("payments.columns.ordered")),
        headerAlign: "right",
        align: "right",
        cell: ({ row: { original } }) =>
          formatMoney(original.amount, original.currency_code, language),
      }),
      column.accessor("received_amount", {
        header: t("payments.columns.received"),
        headerAlign: "right",
        align: "right",
        cell: ({ row: { original } }) => <Received payment={original} />,
      }),
      column.display({
        id: "customer",
        header: t("payments.columns.customer"),
        cell: ({ row: { original } }) => <Concerned payment={original} />,
      }),
    ],
    [language]
  )
}

/** Ours, which leads to the payment also without a mouse, and the gateway's. */
function References({ payment: { id, reference, gateway_id } }: { payment: Payment }) {
  return (
    <div className="flex max-w-[250px] flex-col py-1">
      <RowLink to={`/gateway-payments/${id}`}>{reference}</RowLink>
      {gateway_id !== null && (
        <Text size="xsmall" leading="compact" className="text-ui-fg-subtle truncate">
          {gateway_id}
        </Text>
      )}
    </div>
  )
}

/** In words for people, with the gateway's own word beside it. */
function State({ payment: { state, raw_status } }: { payment: Payment }) {
  const { t } = useWords()
  return (
    <div className="flex items-center gap-x-2">
      <StatusBadge color={stateColors[state]}>{t(`common.paymentStates.${state}`)}</StatusBadge>
      {raw_status !== null && (
        <Text
          size="xsmall"
          leading="compact"
          className="text-ui-fg-subtle max-w-[100px] truncate"
          title={raw_status}
        >
          {raw_status}
        </Text>
      )}
    </div>
  )
}

function Received({ payment }: { payment: Payment }) {
  const { t, language } = useWords()
  const { received_amount, refunded_amount, currency_code } = payment
  return (
    <div className="flex flex-col items-end">
      <Text size="small" leading="compact">
        {formatMoney(received_amount, currency_code, language)}
      </Text>
      {Number(refunded_amount) > 0 && (
        <Text size="xsmall" leading="compact" className="text-ui-fg-subtle">
          {t("payments.givenBack", {
            amount: formatMoney(refunded_amount, currency_code, language),
          })}
        </Text>
      )}
    </div>
  )
}

/** Whose it is, and the way to the order. */
function Concerned({ payment: { customer, order } }: { payment: Payment }) {
  const { t } = useWords()
  return (
    <div className="flex max-w-[200px] flex-col">
      <Text size="small" leading="compact" className="truncate">
        {customer?.email ?? t("payments.unknown")}
      </Text>
      {order && (
        <Link
          to={`/orders/${order.id}`}
          onClick={(event) => event.stopPropagation()}
          className="txt-compact-xsmall text-ui-fg-base underline w-fit"
        >
          {t("payments.orderNumber", { number: order.display_id })}
        </Link>
      )}
    </div>
  )
}

function useFilters() {
  const { t, language } = useWords()
  const date = useDateFilter()
  const { data } = usePaymentTotals({})
  return useMemo(() => {
    const totals = data?.totals ?? []
    const among = (values: readonly string[]) => [...new Set(values)].sort()
    return [
      filter.accessor("provider_id", {
        ...severalOf(
          t("payments.columns.gateway"),
          among(totals.map(({ provider_id }) => provider_id)),
          gatewayName
        ),
        searchable: false,
      }),
      filter.accessor("state", {
        ...severalOf(t("payments.columns.state"), paymentStates, (value) =>
          t(`common.paymentStates.${value}`)
        ),
        searchable: false,
      }),
      filter.accessor("currency_code", {
        ...severalOf(
          t("payments.currency"),
          among(totals.map(({ currency_code }) => currency_code)),
          (value) => value.toUpperCase()
        ),
        searchable: false,
      }),
      filter.accessor("created_at", {
        ...date,
        label: t("payments.columns.opened"),
      }),
      filter.accessor("customer_id", {
        type: "string",
        label: t("payments.columns.customer"),
        placeholder: t("payments.customerHint"),
      }),
      filter.accessor("cart_id", {
        type: "string",
        label: t("payments.cart"),
        placeholder: t("payments.cartHint"),
      }),
    ]
  }, [language, data])
}
