import type { MedusaContainer } from "@medusajs/framework/types"
import { z } from "@medusajs/framework/zod"
import { actorNames } from "../../../workflows/actors"
import type { Row } from "../read-rows"

/** Beside a column with somebody's id, such as `created_by`: what people call them. */
export const actorName = z
  .string()
  .nullable()
  .describe("What people call them; null for the shop itself, a gateway, and somebody unknown.")

/**
 * Adds to rows the names of those whose ids are in these columns: `created_by_name` beside `created_by`, where the row
 * shows it. One look-up for all of them.
 */
export async function withNames(
  container: MedusaContainer,
  rows: readonly Row[],
  columns: readonly string[]
): Promise<Row[]> {
  const idOf = (row: Row, column: string) => {
    const id = row[column]
    return typeof id === "string" ? id : null
  }
  const names = await actorNames(
    container,
    rows.flatMap((row) => columns.map((column) => idOf(row, column)))
  )
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(
      columns
        .filter((column) => column in row)
        .map((column) => [`${column}_name`, names.get(idOf(row, column) ?? "") ?? null])
    ),
  }))
}
