import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { BigNumber } from "@medusajs/framework/utils"
import { z } from "zod"
import { digest } from "../gateways/shared/digest"
import { decimal } from "../gateways/shared/money"

/**
 * Amounts are read from Medusa's `raw_` columns: a text inside JSON is exact whatever a shop has set the
 * database driver to do with `numeric` (turning it into a float is a common setting).
 */
export const exact = z.object({ value: z.string() }).transform(({ value }) => value)

/** The driver gives a Date; coerced, because a shop can set it to leave time stamps as text. */
export const time = z.coerce.date()

/** As text, where a shop has set the driver to leave numbers as they are. */
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

/**
 * Both columns that Medusa keeps for an amount. The text goes in as it is: Medusa's own way through
 * `BigNumber` cuts it to 20 digits.
 *
 * @throws InvalidAmountError for what is no amount; PostgreSQL itself would take `NaN` and `Infinity`
 */
export function amountColumns<Name extends string>(name: Name, value: string) {
  decimal(value)
  return {
    [name]: value,
    [`raw_${name}`]: { value, precision: BigNumber.DEFAULT_PRECISION },
  }
}

/** The time for what several servers agree on, such as the end of a lease. */
export type Clock = (database: Knex) => Promise<Date>

/** The database's own, because the servers' need not agree: one that is ahead would end what another still holds. */
export const databaseClock: Clock = async (database) => {
  const { rows } = await database.raw<{ rows: { now: Date }[] }>("select clock_timestamp() as now")
  const [row] = rows
  if (!row) {
    throw new Error("The database did not tell its time")
  }
  return row.now
}

/**
 * Rows whose column is one of what a query with a limit and locks chooses: `where(chosenBy("id", ids))`. In an array
 * and not in a list, because PostgreSQL may look a list up again for each row, skip those that it has changed by then,
 * and choose others in their place: more than the limit.
 */
export function chosenBy(column: string, chosen: Knex.QueryBuilder) {
  return (query: Knex.QueryBuilder): void => {
    query.whereRaw("?? = any (array(?))", [column, chosen])
  }
}

/**
 * A number for `pg_advisory_xact_lock`, of 64 bits and the same on every server; as a text, because a
 * JavaScript number has fewer.
 *
 * @param area whose locks these are, so that the same name elsewhere is another lock
 */
export function advisoryKey(area: string, name: string): string {
  const bytes = digest("sha256", [`medusa-regional-payments ${area} `, name])
  return bytes.readBigInt64BE().toString()
}

export type OneOrMore<Value> = Value | readonly Value[]

/** As the filters of Medusa's lists name them. */
type Range<Value> = { $gt?: Value; $gte?: Value; $lt?: Value; $lte?: Value }

export type TimeRange = Range<Date>

/** Exact texts. */
export type AmountRange = Range<string>

export function within(
  query: Knex.QueryBuilder,
  column: string,
  { $gt, $gte, $lt, $lte }: TimeRange | AmountRange = {}
): void {
  if ($gt) query.where(column, ">", $gt)
  if ($gte) query.where(column, ">=", $gte)
  if ($lt) query.where(column, "<", $lt)
  if ($lte) query.where(column, "<=", $lte)
}
