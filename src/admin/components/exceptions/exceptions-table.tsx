import {
  createDataTableColumnHelper,
  createDataTableFilterHelper,
  StatusBadge,
  Text,
} from "@medusajs/ui"
import { useMemo } from "react"
import { exceptionKinds, exceptionStates, stateColors, useExceptionWords } from "./words"
import { formatAge, formatMoney, formatTime } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { useTableState } from "../../lib/table-state"
import { ExportButton } from "../export-button"
import { ListTable, RowButton, severalOf, sortedBy } from "../list-table"
import { exceptionsPath, useExceptions, type PaymentException, useGateways } from "./api"

const filterIds = ["state", "kind", "provider_id", "taken_by"]
const column = createDataTableColumnHelper<PaymentException>()
const filter = createDataTableFilterHelper<PaymentException>()

/** Unless the filter says otherwise. */
const openOnly = { state: ["open"] }

/** What waits for a person, and by the filter what was decided; a click opens one. */
export function ExceptionsTable({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useExceptionWords()
  const table = useTableState(filterIds)
  const query = { ...openOnly, ...table.query }
  const { data, isLoading, error, refetch } = useExceptions(query)
  const { limit: _limit, offset: _offset, order: _order, ...filters } = query
  return (
    <ListTable
      table={table}
      answer={{ rows: data?.payment_exceptions, count: data?.count, isLoading, error, refetch }}
      columns={useColumns(onOpen)}
      filters={useFilters()}
      onOpen={({ id }) => onOpen(id)}
      heading={t("exceptions.title")}
      description={t("exceptions.subtitle")}
      searchLabel={t("exceptions.search")}
      empty={(word) => t(`exceptions.empty.${word}`)}
      actions={
        <ExportButton path={exceptionsPath} filters={filters} fileName="payment-exceptions.csv" />
      }
    />
  )
}

function useColumns(onOpen: (id: string) => void) {
  const words = useExceptionWords()
  const { t, language } = words
  return useMemo(
    () => [
      column.accessor("kind", {
        header: t("exceptions.columns.kind"),
        cell: ({ row: { original } }) => (
          <RowButton onOpen={() => onOpen(original.id)} className="max-w-[260px] truncate">
            {words.kind(original.kind)}
          </RowButton>
        ),
      }),
      column.accessor("amount", {
        ...sortedBy(t("exceptions.columns.amount")),
        align: "right",
        cell: ({ row: { original } }) =>
          formatMoney(original.raw_amount.value, original.currency_code, language),
      }),
      column.accessor("created_at", {
        ...sortedBy(t("exceptions.columns.age")),
        cell: ({ getValue }) => (
          <span title={formatTime(getValue(), language)}>{formatAge(getValue(), language)}</span>
        ),
      }),
      column.display({
        id: "customer",
        header: t("exceptions.columns.customer"),
        cell: ({ row: { original } }) => <Concerned entry={original} />,
      }),
      column.accessor("provider_id", {
        header: t("exceptions.columns.gateway"),
        cell: ({ getValue }) => gatewayName(getValue()),
      }),
      column.accessor("state", {
        header: t("exceptions.columns.state"),
        cell: ({ row: { original } }) => (
          <StatusBadge color={stateColors[original.state]}>
            {words.state(original.state)}
          </StatusBadge>
        ),
      }),
      column.display({
        id: "taken",
        header: t("exceptions.columns.taken"),
        cell: ({ row: { original } }) => <WhoIsAtIt entry={original} />,
      }),
    ],
    [language, onOpen]
  )
}

/** The customer's name or e-mail address, and the order's number where there is one. */
function Concerned({ entry: { customer, order, cart_id } }: { entry: PaymentException }) {
  const { t } = useExceptionWords()
  const name = customer?.name ?? customer?.email
  const of = order
    ? t("exceptions.orderNumber", { number: order.display_id })
    : cart_id
      ? t("exceptions.cart")
      : undefined
  return (
    <div className="flex max-w-[220px] flex-col">
      <Text size="small" leading="compact" className="truncate">
        {name ?? t("exceptions.unknown")}
      </Text>
      {of !== undefined && (
        <Text size="xsmall" leading="compact" className="text-ui-fg-subtle truncate">
          {of}
        </Text>
      )}
    </div>
  )
}

function WhoIsAtIt({
  entry: { taken, state, settled_by, settled_by_name },
}: {
  entry: PaymentException
}) {
  const { t, person } = useExceptionWords()
  if (state !== "open") {
    return t("exceptions.decidedBy", { name: person(settled_by, settled_by_name) })
  }
  if (!taken || taken.is_stale) {
    return t("exceptions.nobody")
  }
  return (
    <StatusBadge color={taken.is_mine ? "green" : "purple"}>
      {taken.is_mine
        ? t("exceptions.youAreAtIt")
        : t("exceptions.isAtIt", { name: person(taken.by, taken.name) })}
    </StatusBadge>
  )
}

function useFilters() {
  const words = useExceptionWords()
  const { t, language } = words
  const gateways = useGateways()
  return useMemo(
    () => [
      filter.accessor(
        "state",
        severalOf(t("exceptions.columns.state"), exceptionStates, words.state)
      ),
      filter.accessor("kind", severalOf(t("exceptions.columns.kind"), exceptionKinds, words.kind)),
      filter.accessor(
        "provider_id",
        severalOf(t("exceptions.columns.gateway"), gateways, gatewayName)
      ),
      filter.accessor("taken_by", {
        type: "select",
        label: t("exceptions.columns.taken"),
        options: [
          { label: t("exceptions.takenBy.me"), value: "me" },
          { label: t("exceptions.takenBy.others"), value: "others" },
          { label: t("exceptions.takenBy.nobody"), value: "nobody" },
        ],
      }),
    ],
    [language, gateways]
  )
}
