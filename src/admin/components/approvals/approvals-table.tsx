import {
  Button,
  Checkbox,
  createDataTableColumnHelper,
  createDataTableCommandHelper,
  createDataTableFilterHelper,
  StatusBadge,
  Text,
  type DataTableRowSelectionState,
} from "@medusajs/ui"
import { useMemo, useState } from "react"
import { useAbilities } from "../../lib/abilities"
import { formatAge, formatTime } from "../../lib/format"
import { useTableState } from "../../lib/table-state"
import { NewBatchDrawer } from "../batches/new-batch-drawer"
import { ListTable } from "../list-table"
import { usePayoutProviders } from "../payouts/api"
import { useApprovals, type Approval } from "./api"
import { useApprovalWords } from "./words"

type Row = Approval & { id: string }

const column = createDataTableColumnHelper<Row>()
const filter = createDataTableFilterHelper<Row>()
const commandHelper = createDataTableCommandHelper()

/**
 * Transfers that wait, those first that have waited longest, and whether this person may approve them; several can be put
 * into a batch.
 *
 * @param batchId those of a batch; else those that are in none
 */
export function ApprovalsTable({
  batchId,
  onOpen,
}: {
  batchId?: string
  onOpen: (id: string) => void
}) {
  const { t } = useApprovalWords()
  const { may } = useAbilities()
  const table = useTableState(["provider_id"])
  const query = { ...table.query, ...(batchId === undefined ? {} : { batch_id: batchId }) }
  const { data, isLoading, error, refetch } = useApprovals(query)
  const rows = data?.approvals.map((approval) => ({ ...approval, id: approval.transfer.id }))
  const [selected, select] = useState<DataTableRowSelectionState>({})
  const [batched, setBatched] = useState<string[]>()
  const maySelect = batchId === undefined && (may?.("payout_transfer:create") ?? false)
  const selection = {
    rowSelection: { state: selected, onRowSelectionChange: select },
    commands: [
      commandHelper.command({
        label: t("batches.make.command"),
        shortcut: "b",
        action: (chosen) => setBatched(Object.keys(chosen)),
      }),
    ],
    selectedLabel: (count: number) => t("batches.make.selected", { count }),
  }
  return (
    <>
      <ListTable
        table={table}
        answer={{ rows, count: data?.count, isLoading, error, refetch }}
        columns={useColumns(onOpen, maySelect)}
        filters={useFilters()}
        onOpen={({ id }) => onOpen(id)}
        {...(maySelect ? { selection } : {})}
        heading={t(batchId === undefined ? "approvals.single" : "approvals.ofBatch")}
        {...(batchId === undefined ? { description: t("approvals.subtitle") } : {})}
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
      {batched && <NewBatchDrawer transferIds={batched} onClose={() => setBatched(undefined)} />}
    </>
  )
}

function useColumns(onOpen: (id: string) => void, maySelect: boolean) {
  const words = useApprovalWords()
  const { t, language } = words
  const { data: providers } = usePayoutProviders()
  return useMemo(
    () => [
      ...(maySelect ? [selectColumn(words)] : []),
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
        id: "account",
        header: t("approvals.signed.account"),
        cell: ({ row: { original } }) => original.transfer.beneficiary?.account_hint,
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
    [language, providers, onOpen, maySelect]
  )
}

function selectColumn({ t }: ReturnType<typeof useApprovalWords>) {
  return column.select({
    header: ({ table }) => (
      <Checkbox
        aria-label={t("batches.make.selectAll")}
        checked={
          table.getIsSomePageRowsSelected() ? "indeterminate" : table.getIsAllPageRowsSelected()
        }
        onCheckedChange={(isOn) => table.toggleAllPageRowsSelected(Boolean(isOn))}
      />
    ),
    cell: ({ row }) => (
      <Checkbox
        aria-label={t("batches.make.select", { reference: row.original.transfer.reference })}
        checked={row.getIsSelected()}
        onCheckedChange={(isOn) => row.toggleSelected(Boolean(isOn))}
        onClick={(event) => event.stopPropagation()} // the row would open
      />
    ),
  })
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
