import {
  Button,
  Checkbox,
  type createDataTableColumnHelper,
  DataTable,
  Heading,
  useDataTable,
} from "@medusajs/ui"
import { type ReactNode, useEffect, useRef } from "react"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { useTableState } from "../lib/table-state"
import { Problem } from "./problem"
import { SubtleText } from "./text"

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

/** What a list says that has no rows: none at all, or none that its filters let through. */
type EmptyWord = "heading" | "description" | "filtered" | "filteredDescription"

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
  empty,
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
  empty: (word: EmptyWord) => string
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
            {description !== undefined && <SubtleText>{description}</SubtleText>}
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
            <DataTable.Table
              emptyState={{
                empty: { heading: empty("heading"), description: empty("description") },
                filtered: {
                  heading: empty("filtered"),
                  description: empty("filteredDescription"),
                },
              }}
            />
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

/** Opens a row in its drawer without a mouse; a click on it is not the row's. */
export function RowButton({
  onOpen,
  className = "",
  children,
}: {
  onOpen: () => void
  className?: string
  children: ReactNode
}) {
  return (
    <Button
      variant="transparent"
      size="small"
      className={`-mx-2 justify-start ${className}`}
      onClick={(event) => {
        event.stopPropagation()
        onOpen()
      }}
    >
      {children}
    </Button>
  )
}

/** The column that chooses rows, for what can be done with several at once. */
export function selectColumn<Row>(
  column: ReturnType<typeof createDataTableColumnHelper<Row>>,
  { all, one }: { all: string; one: (row: Row) => string }
) {
  return column.select({
    header: ({ table }) => (
      <Checkbox
        aria-label={all}
        checked={
          table.getIsSomePageRowsSelected() ? "indeterminate" : table.getIsAllPageRowsSelected()
        }
        onCheckedChange={(isOn) => table.toggleAllPageRowsSelected(Boolean(isOn))}
      />
    ),
    cell: ({ row }) =>
      row.getCanSelect() && (
        <Checkbox
          aria-label={one(row.original)}
          checked={row.getIsSelected()}
          onCheckedChange={(isOn) => row.toggleSelected(Boolean(isOn))}
          onClick={(event) => event.stopPropagation()} // the row would open
        />
      ),
  })
}

/** The heading of a column by which the list can be ordered. */
export function sortedBy(header: string) {
  return { header, enableSorting: true, sortLabel: header }
}

/** The filter by one or several of a few values, each in words. */
export function severalOf<Value extends string>(
  label: string,
  values: readonly Value[],
  word: (value: Value) => string
) {
  return {
    type: "multiselect" as const,
    label,
    options: values.map((value) => ({ label: word(value), value })),
  }
}
