import {
  Button,
  createDataTableColumnHelper,
  createDataTableFilterHelper,
  StatusBadge,
  Text,
} from "@medusajs/ui"
import { useMemo } from "react"
import { formatAge, formatTime } from "../../lib/format"
import { useTableState } from "../../lib/table-state"
import { ListTable } from "../list-table"
import { usePayoutProviders } from "../payouts/api"
import { useApprovals, type Approval } from "./api"
import { useApprovalWords } from "./words"

type Row = Approval & { id: string }

const column = createDataTableColumnHelper<Row>()
const filter = createDataTableFilterHelper<Row>()

/** Transfers that wait, those first that have waited longest, and whether this person may approve them. */
export function ApprovalsTable({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useApprovalWords()
  const table = useTableState(["provider_id"])
  const { data, isLoading, error, refetch } = useApprovals(table.query)
  const rows = data?.approvals.map((approval) => ({ ...approval, id: approval.transfer.id }))
  return (
    <ListTable
      table={table}
      answer={{ rows, count: data?.count, isLoading, error, refetch }}
      columns={useColumns(onOpen)}
      filters={useFilters()}
      onOpen={({ id }) => onOpen(id)}
      heading={t("approvals.single")}
      description={t("approvals.subtitle")}
      searchLabel={t("approvals.search")}
      emptyState={{
        empty: {
          heading: t("approvals.empty.heading"),
          description: t("approvals.empty.description"),
        },
        filtered: {
          heading: t("approvals.empty.filtered"),
          description: t("approvals.empty.filteredDescription"),
        },
      }}
    />
  )
}

function useColumns(onOpen: (id: string) => void) {
  const words = useApprovalWords()
  const { t, language } = words
  const { data: providers } = usePayoutProviders()
  return useMemo(
    () => [
      column.display({
        id: "payee",
        header: t("approvals.columns.payee"),
        cell: ({ row: { original } }) => (
          <Button
            variant="transparent"
            size="small"
            className="-mx-2 max-w-[220px] justify-start truncate"
            onClick={(event) => {
              event.stopPropagation() // the row would open it once more
              onOpen(original.id)
            }}
          >
            {original.transfer.beneficiary?.name ?? original.transfer.reference}
          </Button>
        ),
      }),
      column.accessor("transfer.amount", {
        header: t("approvals.signed.amount"),
        align: "right",
        cell: ({ row: { original } }) => (
          <span className="text-nowrap">{words.amount(original.transfer)}</span>
        ),
      }),
      column.display({
        id: "state",
        header: t("approvals.columns.state"),
        cell: ({ row: { original } }) => <Stand approval={original} />,
      }),
      column.display({
        id: "purpose",
        header: t("approvals.signed.purpose"),
        cell: ({ row: { original } }) => (
          <span className="block max-w-[220px] truncate">{original.transfer.purpose}</span>
        ),
      }),
      column.display({
        id: "provider_id",
        header: t("approvals.signed.gateway"),
        cell: ({ row: { original } }) => words.provider(original.transfer.provider_id),
      }),
      column.display({
        id: "made",
        header: t("approvals.signed.madeBy"),
        cell: ({ row: { original } }) => (
          <div className="flex max-w-[180px] flex-col">
            <Text size="small" leading="compact" className="truncate">
              {words.person(original.created_by_name, original.transfer.created_by)}
            </Text>
            <Text
              size="xsmall"
              leading="compact"
              className="text-ui-fg-subtle"
              title={formatTime(original.transfer.created_at, language)}
            >
              {formatAge(original.transfer.created_at, language)}
            </Text>
          </div>
        ),
      }),
    ],
    [language, providers, onOpen]
  )
}

function Stand({ approval }: { approval: Approval }) {
  const { t } = useApprovalWords()
  return (
    <div className="flex gap-x-2">
      <StatusBadge color={approval.may_approve ? "orange" : "grey"} className="text-nowrap">
        {t(approval.may_approve ? "approvals.forYou" : "approvals.forOthers")}
      </StatusBadge>
      {approval.transfer.same_as_id !== null && (
        <StatusBadge color="red" className="text-nowrap">
          {t("approvals.alike.badge")}
        </StatusBadge>
      )}
      {approval.transfer.first_payment_to !== null && (
        <StatusBadge color="red" className="text-nowrap">
          {t("approvals.firstPayment.badge")}
        </StatusBadge>
      )}
    </div>
  )
}

function useFilters() {
  const { t, language, provider } = useApprovalWords()
  const { data: providers } = usePayoutProviders()
  return useMemo(
    () => [
      filter.custom({
        id: "provider_id",
        type: "multiselect",
        label: t("approvals.signed.gateway"),
        options: (providers ?? []).map(({ id }) => ({ label: provider(id), value: id })),
      }),
    ],
    [language, providers]
  )
}
