import { DataTable, type DataTableEmptyStateProps, Heading, Text, useDataTable } from "@medusajs/ui"
import { type ReactNode, useEffect, useRef } from "react"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { useTableState } from "../lib/table-state"
import { Problem } from "./problem"

type Options<Row> = Parameters<typeof useDataTable<Row>>[0]

/** What the list's route answered, or that it is being asked, or why it could not be. */
type Answer<Row> = {
  rows: Row[] | undefined
  /** Of all pages. */
  count: number | undefined
  isLoading: boolean
  error: unknown
  refetch: () => unknown
}

/**
 * A list with its heading, filters, search, pages and what can be done with it, as Medusa's own lists look. Its state is
 * in the page's address; a click on a row opens it.
 *
 * @param searchLabel where there is something to search in
 * @param actions buttons beside the search
 * @param selection what can be done with several rows at once
 */
export function ListTable<Row extends { id: string }>({
  table,
  answer,
  columns,
  filters,
  onOpen,
  selection,
  heading,
  description,
  searchLabel,
  emptyState,
  actions,
}: {
  table: ReturnType<typeof useTableState>
  answer: Answer<Row>
  columns: Options<Row>["columns"]
  filters: NonNullable<Options<Row>["filters"]>
  onOpen: (row: Row) => void
  selection?: Required<Pick<Options<Row>, "rowSelection" | "commands">> & {
    selectedLabel: (count: number) => string
  }
  heading: string
  description?: string
  searchLabel?: string
  emptyState: DataTableEmptyStateProps
  actions?: ReactNode
}) {
  const { rows, count, isLoading, error, refetch } = answer
  const instance = useDataTable<Row>({
    data: rows ?? [],
    columns,
    filters,
    rowCount: count ?? 0,
    getRowId: ({ id }) => id,
    onRowClick: (_event, row) => onOpen(row),
    isLoading,
    filtering: table.filtering,
    sorting: table.sorting,
    pagination: table.pagination,
    ...(searchLabel === undefined ? {} : { search: table.search }),
    ...(selection ? { rowSelection: selection.rowSelection, commands: selection.commands } : {}),
  })
  const { t } = useTranslation() // Medusa's own words
  const parts = useNamedParts(t("filters.filterLabel"), t("actions.remove"))
  return (
    <div ref={parts} className="contents">
      <DataTable instance={instance}>
        <DataTable.Toolbar
          className="flex flex-col items-start justify-between gap-2 md:flex-row md:items-center"
          translations={{ clearAll: t("actions.clearAll"), sort: t("filters.sortLabel") }}
        >
          <div className="flex flex-col">
            <Heading>{heading}</Heading>
            {description !== undefined && (
              <Text size="small" className="text-ui-fg-subtle">
                {description}
              </Text>
            )}
          </div>
          <div className="flex w-full flex-wrap items-center gap-2 md:w-auto md:flex-nowrap [&>button]:shrink-0 [&>button]:whitespace-nowrap">
            {filters.length > 0 && <DataTable.FilterMenu tooltip={t("filters.filterLabel")} />}
            {searchLabel !== undefined && (
              <div className="min-w-0 flex-1 md:w-60 md:flex-initial">
                <DataTable.Search placeholder={searchLabel} />
              </div>
            )}
            {actions}
          </div>
        </DataTable.Toolbar>
        {error ? (
          <Problem error={error} retry={() => void refetch()} />
        ) : (
          <>
            <DataTable.Table emptyState={emptyState} />
            <Pages />
          </>
        )}
        {selection && <DataTable.CommandBar selectedLabel={selection.selectedLabel} />}
      </DataTable>
    </div>
  )
}

/** On a phone the buttons go below the numbers; the kit would cut them off. */
function Pages() {
  const { t } = useTranslation()
  return (
    <div className="[&>div]:flex-wrap">
      <DataTable.Pagination
        translations={{
          of: t("general.of"),
          results: t("general.results"),
          pages: t("general.pages"),
          prev: t("general.prev"),
          next: t("general.next"),
        }}
      />
    </div>
  )
}

/**
 * The button of the filters and those that remove one have a sign alone, and the sign in the search a role without a
 * name (@medusajs/ui 4.2): a screen reader is told what the ones do, and nothing of the other.
 */
function useNamedParts(filterLabel: string, removeLabel: string) {
  const parts = useRef<HTMLDivElement>(null)
  useEffect(() => {
    for (const button of parts.current?.querySelectorAll("button:not([aria-label])") ?? []) {
      if (button.textContent === "" && button.getAttribute("role") !== "checkbox") {
        const isMenu = button.getAttribute("aria-haspopup") === "menu"
        button.setAttribute("aria-label", isMenu ? filterLabel : removeLabel)
      }
    }
    for (const sign of parts.current?.querySelectorAll("[role=img]:not([aria-label])") ?? []) {
      sign.setAttribute("aria-hidden", "true")
    }
  })
  return parts
}

/** Leads from a list to a row's page, also without a mouse; a click on it is not the row's, which would open it twice. */
export function RowLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link
      to={to}
      onClick={(event) => event.stopPropagation()}
      className="txt-compact-small text-ui-fg-base block truncate underline"
    >
      {children}
    </Link>
  )
}
