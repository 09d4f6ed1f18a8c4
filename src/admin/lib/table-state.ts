import type {
  DataTableFilteringState,
  DataTablePaginationState,
  DataTableSortingState,
} from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useSearchParams } from "react-router-dom"

const pageSize = 20

/**
 * The search, filters, order and page of a table, kept in the page's address: a reload, the way back and a link sent
 * to somebody show the same rows.
 *
 * @param filterIds the parameters of the address that are filters, each a JSON value
 * @returns what `useDataTable` takes, and `query` as Medusa's list routes read it
 */
export function useTableState(filterIds: readonly string[]) {
  const [params, setParams] = useSearchParams()
  const search = params.get("q") ?? ""
  const page = Math.max(Number(params.get("page") ?? "1") - 1, 0) || 0
  const order = params.get("order") ?? ""
  const filtering: DataTableFilteringState = Object.fromEntries(
    filterIds.flatMap((id) => {
      const value = parsed(params.get(id))
      return value === undefined ? [] : [[id, value]]
    })
  )

  /** Whatever changes what is found begins at the first page again. */
  const change = (changes: Record<string, string | undefined>, keepsPage = false) => {
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        if (!keepsPage) {
          after.delete("page")
        }
        for (const [key, value] of Object.entries(changes)) {
          if (value === undefined || value === "") {
            after.delete(key)
          } else {
            after.set(key, value)
          }
        }
        return after
      },
      { replace: true }
    )
  }

  return {
    query: {
      limit: pageSize,
      offset: page * pageSize,
      ...(search ? { q: search } : {}),
      ...(order ? { order } : {}),
      // One that was added and has no value yet filters nothing.
      ...Object.fromEntries(
        Object.entries(filtering).filter(([, value]) => value !== "" && value !== null)
      ),
    },
    search: { state: search, onSearchChange: (value: string) => change({ q: value }) },
    pagination: {
      state: { pageIndex: page, pageSize },
      onPaginationChange: ({ pageIndex }: DataTablePaginationState) =>
        change({ page: pageIndex > 0 ? String(pageIndex + 1) : undefined }, true),
    },
    sorting: {
      state: order ? { id: order.replace(/^-/, ""), desc: order.startsWith("-") } : null,
      onSortingChange: (sorting: DataTableSortingState | null) =>
        change({ order: sorting ? `${sorting.desc ? "-" : ""}${sorting.id}` : undefined }),
    },
    filtering: {
      state: filtering,
      onFilteringChange: (state: DataTableFilteringState) =>
        change(
          Object.fromEntries(
            filterIds.map((id) => [
              id,
              state[id] === undefined ? undefined : JSON.stringify(state[id]),
            ])
          )
        ),
    },
  }
}

function parsed(value: string | null): unknown {
  if (value === null) {
    return undefined
  }
  try {
    return JSON.parse(value)
  } catch {
    return undefined // typed by hand, or cut off
  }
}

/** The options of a list's filter by a time, in Medusa's own words: today, the last days, or from when to when. */
export function useDateFilter() {
  const { t } = useTranslation()
  const since = (days: number) => ({ $gte: midnight(days).toISOString() })
  return {
    type: "date" as const,
    format: "date" as const,
    rangeOptionLabel: t("filters.date.custom"),
    rangeOptionStartLabel: t("filters.date.starting"),
    rangeOptionEndLabel: t("filters.date.ending"),
    options: [
      { label: t("filters.date.today"), value: since(0) },
      { label: t("filters.date.lastSevenDays"), value: since(7) },
      { label: t("filters.date.lastThirtyDays"), value: since(30) },
      { label: t("filters.date.lastNinetyDays"), value: since(90) },
    ],
  }
}

/** Where the admin is, so many days ago. Days are counted there, because one can have 23 or 25 hours. */
function midnight(daysAgo: number): Date {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo)
}

/** The row of a list that is open in its drawer, by the page's address: a link leads somebody else to the same one. */
export function useOpenedRow(): { opened: string | null; open: (id: string | null) => void } {
  const [params, setParams] = useSearchParams()
  return {
    opened: params.get("open"),
    open: (id) =>
      setParams((before) => {
        const after = new URLSearchParams(before)
        after.delete("open")
        if (id !== null) {
          after.set("open", id)
        }
        return after
      }),
  }
}
