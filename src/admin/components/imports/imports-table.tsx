import { createDataTableColumnHelper, createDataTableFilterHelper, StatusBadge } from "@medusajs/ui"
import { useMemo } from "react"
import { useNavigate } from "react-router-dom"
import { useDateFilter, useTableState } from "../../lib/table-state"
import { formatTime } from "../../lib/format"
import { ListTable, RowLink, severalOf, sortedBy } from "../list-table"
import { useImports, type Import } from "./api"
import { importColors, useImportWords } from "./words"

const column = createDataTableColumnHelper<Import>()
const filter = createDataTableFilterHelper<Import>()

/** The files that were imported, and those that were refused. */
export function ImportsTable() {
  const { t } = useImportWords()
  const navigate = useNavigate()
  const table = useTableState(["status", "created_at"])
  const { data, isLoading, error, refetch } = useImports(table.query)
  return (
    <ListTable
      table={table}
      answer={{ rows: data?.imports, count: data?.count, isLoading, error, refetch }}
      columns={useColumns()}
      filters={useFilters()}
      onOpen={({ id }) => navigate(`/payouts/imports/${id}`)}
      heading={t("imports.all")}
      searchLabel={t("imports.search")}
      empty={(word) => t(`imports.empty.${word}`)}
    />
  )
}

function useColumns() {
  const words = useImportWords()
  const { t, language } = words
  return useMemo(
    () => [
      column.accessor("file_name", {
        header: t("imports.columns.file"),
        cell: ({ row: { original } }) => (
          <span className="block max-w-[260px]">
            <RowLink to={`/payouts/imports/${original.id}`}>
              {original.file_name ?? t("imports.unnamed")}
            </RowLink>
          </span>
        ),
      }),
      column.accessor("created_at", {
        ...sortedBy(t("imports.columns.time")),
        cell: ({ getValue }) => (
          <span className="text-nowrap">{formatTime(getValue(), language)}</span>
        ),
      }),
      column.accessor("status", {
        header: t("imports.columns.state"),
        cell: ({ getValue }) => (
          <StatusBadge color={importColors[getValue()]}>
            {words.importState(getValue())}
          </StatusBadge>
        ),
      }),
      column.accessor("total", {
        header: t("imports.columns.lines"),
        align: "right",
        cell: ({ getValue }) => words.count(getValue()),
      }),
      column.accessor("made", {
        header: t("imports.columns.made"),
        align: "right",
        cell: ({ getValue }) => words.count(getValue()),
      }),
    ],
    [language]
  )
}

function useFilters() {
  const { t, language, importState } = useImportWords()
  const dates = useDateFilter()
  return useMemo(
    () => [
      filter.accessor(
        "status",
        severalOf(
          t("imports.columns.state"),
          Object.keys(importColors) as Import["status"][],
          importState
        )
      ),
      filter.accessor("created_at", { label: t("imports.columns.time"), ...dates }),
    ],
    [language]
  )
}
