import {
  createDataTableColumnHelper,
  createDataTableCommandHelper,
  createDataTableFilterHelper,
  type DataTableRowSelectionState,
  StatusBadge,
  Table,
  Text,
} from "@medusajs/ui"
import { useMemo, useState } from "react"
import { useAbilities } from "../../lib/abilities"
import { formatAge, formatTime } from "../../lib/format"
import { useTableState } from "../../lib/table-state"
import { NewBatchDrawer } from "../batches/batches-table"
import { useBatchWords } from "../batches/words"
import { ScrollTable } from "../line-table"
import { ListTable, RowButton, RowLink, selectColumn, severalOf } from "../list-table"
import { usePayoutProviders } from "../payouts/api"
import { Section } from "../section"
import { type Approval, useApprovals, type WaitingBatch } from "./api"
import { useApprovalWords } from "./words"

type Row = Approval & { id: string }

const column = createDataTableColumnHelper<Row>()
const filter = createDataTableFilterHelper<Row>()

/** In the page's address. Batches go by the first alone: one may be sent through several providers. */
const filterIds = ["may_approve", "provider_id"]

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
  const table = useTableState(filterIds)
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
        empty={(word) => t(`approvals.empty.${word}`)}
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
      ...(maySelect
        ? [
            selectColumn(column, {
              all: t("batches.make.selectAll"),
              one: ({ transfer: { reference } }) => t("batches.make.select", { reference }),
            }),
          ]
        : []),
      column.display({
        id: "payee",
        header: t("approvals.columns.payee"),
        cell: ({ row: { original } }) => (
          <RowButton onOpen={() => onOpen(original.id)} className="max-w-[220px] truncate">
            {original.transfer.beneficiary?.name ?? original.transfer.reference}
          </RowButton>
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

function Stand({ approval }: { approval: Approval }) {
  const { t } = useApprovalWords()
  return (
    <div className="flex gap-x-2">
      <WaitsFor isYou={approval.may_approve} />
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

/** Whether whoever looks at it may approve it, or has to leave it to others. */
function WaitsFor({ isYou }: { isYou: boolean }) {
  const { t } = useApprovalWords()
  return (
    <StatusBadge color={isYou ? "orange" : "grey"} className="text-nowrap">
      {t(isYou ? "approvals.forYou" : "approvals.forOthers")}
    </StatusBadge>
  )
}

function useFilters() {
  const { t, language, provider } = useApprovalWords()
  const { data: providers } = usePayoutProviders()
  return useMemo(
    () => [
      filter.custom({
        id: "may_approve",
        type: "select",
        label: t("approvals.columns.state"),
        options: [
          { label: t("approvals.forYou"), value: "true" },
          { label: t("approvals.forOthers"), value: "false" },
        ],
      }),
      filter.custom({
        id: "provider_id",
        ...severalOf(
          t("approvals.signed.gateway"),
          (providers ?? []).map(({ id }) => id),
          provider
        ),
      }),
    ],
    [language, providers]
  )
}

/**
 * Batches of which something waits for an approval, what waits longest first, as the table's filter of who may approve lets
 * through; nothing where there are none.
 */
export function WaitingBatches() {
  const { t } = useBatchWords()
  const { data } = useApprovals(useTableState(filterIds).query)
  const batches = data?.batches ?? []
  if (batches.length === 0) {
    return null
  }
  const title = t("approvals.batches")
  return (
    <Section title={title} subtitle={t("approvals.batchesSubtitle")}>
      <ScrollTable
        title={title}
        columns={[
          { label: t("batches.columns.name") },
          { label: t("batches.columns.count"), isNumber: true },
          { label: t("approvals.columns.state") },
          { label: t("batches.columns.sums") },
          { label: t("approvals.signed.madeBy") },
          { label: t("batches.columns.time") },
        ]}
      >
        {batches.map((batch) => (
          <Line key={batch.id} batch={batch} />
        ))}
      </ScrollTable>
    </Section>
  )
}

function Line({ batch }: { batch: WaitingBatch }) {
  const words = useBatchWords()
  const said = words.said(batch.waiting)
  return (
    <Table.Row>
      <Table.Cell className="max-w-[240px]">
        <RowLink to={`/payouts/batches/${batch.id}`}>{words.name(batch)}</RowLink>
      </Table.Cell>
      <Table.Cell className="text-right">{said.number}</Table.Cell>
      <Table.Cell>
        <WaitsFor isYou={batch.may_approve} />
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap">{said.sums}</Table.Cell>
      <Table.Cell className="whitespace-nowrap">
        {words.person(batch.created_by_name, batch.created_by)}
      </Table.Cell>
      <Table.Cell
        className="whitespace-nowrap"
        title={formatTime(batch.created_at, words.language)}
      >
        {formatAge(batch.created_at, words.language)}
      </Table.Cell>
    </Table.Row>
  )
}
