import type {
  DataTableFilteringState,
  DataTablePaginationState,
  DataTableSortingState,
} from "@medusajs/ui"
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
