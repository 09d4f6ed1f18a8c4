import { createDataTableColumnHelper, createDataTableFilterHelper, toast } from "@medusajs/ui"
import { useMemo } from "react"
import { useNavigate } from "react-router-dom"
import { useDraft } from "../../lib/draft"
import { formatTime } from "../../lib/format"
import { useDateFilter, useTableState } from "../../lib/table-state"
import { Form, FormEnd, TextField } from "../form-fields"
import { ListTable, RowLink, severalOf, sortedBy } from "../list-table"
import { SideDrawer } from "../side-drawer"
import { type Batch, useBatches, useMakeBatch } from "./api"
import { usePayoutProviders, useProviderName } from "../payouts/api"
import { Progress } from "./batch-facts"
import { useBatchWords } from "./words"

const column = createDataTableColumnHelper<Batch>()
const filter = createDataTableFilterHelper<Batch & { waiting: string; provider_id: string }>()

/** All batches, the newest first, with what they add up to and how far they are. */
export function BatchesTable() {
  const { t } = useBatchWords()
  const navigate = useNavigate()
  const table = useTableState(["waiting", "provider_id", "source", "created_at"])
  const { data, isLoading, error, refetch } = useBatches(table.query)
  return (
    <ListTable
      table={table}
      answer={{ rows: data?.batches, count: data?.count, isLoading, error, refetch }}
      columns={useColumns()}
      filters={useFilters()}
      onOpen={({ id }) => navigate(`/payouts/batches/${id}`)}
      heading={t("batches.title")}
      description={t("batches.subtitle")}
      searchLabel={t("batches.search")}
      empty={(word) => t(`batches.empty.${word}`)}
    />
  )
}

function useColumns() {
  const words = useBatchWords()
  const { t, language } = words
  return useMemo(
    () => [
      column.accessor("label", {
        header: t("batches.columns.name"),
        cell: ({ row: { original } }) => (
          <span className="block max-w-[240px]">
            <RowLink to={`/payouts/batches/${original.id}`}>{words.name(original)}</RowLink>
          </span>
        ),
      }),
      column.accessor("count", {
        header: t("batches.columns.count"),
        align: "right",
        cell: ({ getValue }) => words.count(getValue()),
      }),
      column.display({
        id: "sums",
        header: t("batches.columns.sums"),
        cell: ({ row: { original } }) => (
          <span className="text-nowrap">{words.said(original).sums}</span>
        ),
      }),
      column.display({
        id: "progress",
        header: t("batches.columns.progress"),
        cell: ({ row: { original } }) => <Progress batch={original} isShort />,
      }),
      column.accessor("created_at", {
        ...sortedBy(t("batches.columns.time")),
        cell: ({ getValue }) => (
          <span className="text-nowrap">{formatTime(getValue(), language)}</span>
        ),
      }),
      column.accessor("created_by_name", {
        header: t("approvals.signed.madeBy"),
        cell: ({ row: { original } }) =>
          words.person(original.created_by_name, original.created_by),
      }),
    ],
    [language]
  )
}

function useFilters() {
  const { t, language } = useBatchWords()
  const dates = useDateFilter()
  const providerName = useProviderName()
  const { data: providers = [] } = usePayoutProviders()
  return useMemo(
    () => [
      filter.accessor("waiting", {
        type: "select",
        label: t("batches.waiting.label"),
        options: [
          { label: t("batches.waiting.yes"), value: "true" },
          { label: t("batches.waiting.no"), value: "false" },
        ],
      }),
      filter.accessor("provider_id", {
        ...severalOf(
          t("payouts.columns.gateway"),
          providers.map(({ id }) => id),
          providerName
        ),
        searchable: false,
      }),
      filter.accessor("source", {
        type: "select",
        label: t("batches.columns.source"),
        options: [
          { label: t("batches.sources.import"), value: "import" },
          { label: t("batches.sources.selection"), value: "selection" },
        ],
      }),
      filter.accessor("created_at", { label: t("batches.columns.time"), ...dates }),
    ],
    [language, providers]
  )
}

/** Puts transfers together, under a name and, if it is to be, for a later day. */
export function NewBatchDrawer({
  transferIds,
  onClose,
}: {
  transferIds: string[]
  onClose: () => void
}) {
  const { t, count } = useBatchWords()
  const navigate = useNavigate()
  const make = useMakeBatch()
  const [label, setLabel, forgetLabel] = useDraft("payout-batch:label")
  const [time, setTime, forgetTime] = useDraft("payout-batch:send-at")
  const said = { count: transferIds.length, number: count(transferIds.length) }

  const run = async () => {
    const batch = await make.mutateAsync({
      transfer_ids: transferIds,
      ...(label.trim() ? { label: label.trim() } : {}),
      ...(time ? { send_at: new Date(time).toISOString() } : {}),
    })
    forgetLabel()
    forgetTime()
    toast.success(t("batches.make.done", said))
    navigate(`/payouts/batches/${batch.id}`)
  }

  return (
    <SideDrawer title={t("batches.make.title", said)} onClose={onClose}>
      <Form
        onSubmit={() => {
          run().catch(() => {}) // shown below
        }}
      >
        <TextField
          autoFocus
          label={t("batches.make.label")}
          hint={t("batches.make.labelHint")}
          maxLength={200}
          value={label}
          onChange={setLabel}
        />
        <TextField
          type="datetime-local"
          label={t("batches.make.sendAt")}
          hint={t("batches.make.sendAtHint")}
          value={time}
          onChange={setTime}
        />
        <FormEnd
          error={make.error}
          onCancel={onClose}
          submit={t("batches.make.submit", said)}
          isBusy={make.isPending}
        />
      </Form>
    </SideDrawer>
  )
}
