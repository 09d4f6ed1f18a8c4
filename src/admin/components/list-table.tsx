import { DataTable, Heading, Text, type DataTableEmptyStateProps } from "@medusajs/ui"
import type { UseDataTableReturn } from "@medusajs/ui"
import { useEffect, useRef, type ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { Problem } from "./problem"

/**
 * A list with its heading, filters, search, pages and what can be done with it, as Medusa's own lists look. Search and
 * filters are shown where the table was made with them.
 *
 * @param actions buttons beside the search
 * @param error in the place of the rows, where they could not be loaded
 */
export function ListTable<Row>({
  instance,
  heading,
  description,
  searchLabel,
  emptyState,
  actions,
  error,
  retry,
  selectedLabel,
}: {
  instance: UseDataTableReturn<Row>
  heading: string
  description?: string
  searchLabel?: string
  emptyState: DataTableEmptyStateProps
  actions?: ReactNode
  error?: unknown
  retry?: () => void
  selectedLabel?: (count: number) => string
}) {
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
          <div className="flex w-full flex-wrap items-center gap-2 md:w-auto md:flex-nowrap">
            {instance.getFilters().length > 0 && (
              <DataTable.FilterMenu tooltip={t("filters.filterLabel")} />
            )}
            {searchLabel !== undefined && (
              <div className="min-w-0 flex-1 md:w-60 md:flex-none">
                <DataTable.Search placeholder={searchLabel} />
              </div>
            )}
            {actions}
          </div>
        </DataTable.Toolbar>
        {error ? (
          <Problem error={error} {...(retry ? { retry } : {})} />
        ) : (
          <DataTable.Table emptyState={emptyState} />
        )}
        {!error && (
          // On a phone the buttons go below the numbers; the kit would cut them off.
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
        )}
        {selectedLabel !== undefined && <DataTable.CommandBar selectedLabel={selectedLabel} />}
      </DataTable>
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
