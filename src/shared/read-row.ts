import { z } from "zod"

/**
 * Amounts are read from Medusa's `raw_` columns: a text inside JSON is exact whatever a shop has told the
 * database driver to do with `numeric` (turning it into a float is a common setting).
 */
export const exact = z.object({ value: z.string() }).transform(({ value }) => value)

/** The driver gives a Date; coerced, because a shop can tell it to leave time stamps as text. */
export const time = z.coerce.date()

/** As text, where a shop has told the driver to leave numbers as they are. */
export const count = z.coerce.number()

/** @throws Error naming what is wrong with the row, as after a step back to an older version of the plugin */
export function readRow<Row>(table: string, schema: z.ZodType<Row>, row: unknown): Row {
  const parsed = schema.safeParse(row)
  if (!parsed.success) {
    throw new Error(
      `A row of the table ${table} can't be read by this version of medusa-regional-payments ` +
        `(${z.prettifyError(parsed.error)}). Is the database newer than the plugin? Install the ` +
        `version that was used before`
    )
  }
  return parsed.data
}
