import {
  createDataTableColumnHelper,
  createDataTableCommandHelper,
  createDataTableFilterHelper,
  StatusBadge,
  type DataTableRowSelectionState,
} from "@medusajs/ui"
import { useMemo, useState } from "react"
import { useAbilities } from "../../lib/abilities"
import { formatAge, formatTime } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { useTableState } from "../../lib/table-state"
import { useWords } from "../../lib/words"
import { useGateways } from "../exceptions/api"
import { ListTable, RowButton, selectColumn, severalOf } from "../list-table"
import { useMessages, type Message, useReplay } from "./api"
import { SubtleText } from "../text"

const column = createDataTableColumnHelper<Message>()
const filter = createDataTableFilterHelper<Message>()
const commandHelper = createDataTableCommandHelper()

const states = ["dead", "waiting", "done"] as const satisfies readonly Message["state"][]

export const messageColors = {
  dead: "red",
  waiting: "orange",
  done: "green",
} as const satisfies Record<Message["state"], string>

/** Messages that were given up, unless others are asked for; several can be worked on again at once. */
export function MessagesTable({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useWords()
  const { may } = useAbilities()
  const table = useTableState(["state", "provider_id"])
  const { data, isLoading, error, refetch } = useMessages({ state: ["dead"], ...table.query })
  const { run, progress } = useReplay()
  const [selected, select] = useState<DataTableRowSelectionState>({})
  const mayReplay = may?.("gateway_payment:replay") ?? false
  const selection = {
    rowSelection: {
      state: selected,
      onRowSelectionChange: select,
      enableRowSelection: ({ original }: { original: Message }) => original.state === "dead",
    },
    commands: [
      commandHelper.command({
        label: t("webhooks.replay"),
        shortcut: "r",
        action: async (rows) => {
          select({})
          await run(Object.keys(rows))
        },
      }),
    ],
    selectedLabel: (count: number) => t("webhooks.selected", { count }),
  }
  return (
    <>
      <ListTable
        table={table}
        answer={{ rows: data?.webhooks, count: data?.count, isLoading, error, refetch }}
        columns={useColumns(onOpen, mayReplay)}
        filters={useFilters()}
        onOpen={({ id }) => onOpen(id)}
        {...(mayReplay ? { selection } : {})}
        heading={t("webhooks.title")}
        description={t("webhooks.subtitle")}
        empty={(word) =>
          t(/escription$/.test(word) ? "webhooks.emptyDescription" : "webhooks.empty")
        }
      />
      <SubtleText className="px-6 empty:hidden" role="status">
        {progress ? t("webhooks.progress", progress) : ""}
      </SubtleText>
    </>
  )
}

function useColumns(onOpen: (id: string) => void, mayReplay: boolean) {
  const { t, language } = useWords()
  return useMemo(
    () => [
      ...(mayReplay
        ? [
            selectColumn(column, {
              all: t("webhooks.selectAll"),
              one: ({ reference }) => t("webhooks.select", { reference }),
            }),
          ]
        : []),
      column.accessor("reference", {
        header: t("webhooks.columns.reference"),
        cell: ({ row: { original } }) => (
          <RowButton onOpen={() => onOpen(original.id)}>{original.reference}</RowButton>
        ),
      }),
      column.accessor("provider_id", {
        header: t("webhooks.columns.gateway"),
        cell: ({ getValue }) => gatewayName(getValue()),
      }),
      column.accessor("raw_status", { header: t("webhooks.columns.status") }),
      column.accessor("created_at", {
        header: t("webhooks.columns.age"),
        cell: ({ getValue }) => (
          <span title={formatTime(getValue(), language)}>{formatAge(getValue(), language)}</span>
        ),
      }),
      column.accessor("state", {
        header: t("webhooks.columns.state"),
        cell: ({ getValue }) => (
          <StatusBadge color={messageColors[getValue()]}>
            {t(`webhooks.states.${getValue()}`)}
          </StatusBadge>
        ),
      }),
      column.accessor("error", {
        header: t("webhooks.columns.error"),
        cell: ({ row: { original } }) => (
          <span className="block max-w-[280px] truncate">{original.error ?? original.outcome}</span>
        ),
      }),
    ],
    [language, onOpen, mayReplay]
  )
}

function useFilters() {
  const { t, language } = useWords()
  const gateways = useGateways()
  return useMemo(
    () => [
      filter.accessor(
        "state",
        severalOf(t("webhooks.columns.state"), states, (state) => t(`webhooks.states.${state}`))
      ),
      filter.accessor(
        "provider_id",
        severalOf(t("webhooks.columns.gateway"), gateways, gatewayName)
      ),
    ],
    [language, gateways]
  )
}
