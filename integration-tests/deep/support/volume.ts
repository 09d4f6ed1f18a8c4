import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** What PostgreSQL is to write into a column of row `n`, in SQL; what is not named and must not be null is made up. */
type Columns = Record<string, string>

/** Rows of a table that nobody asks about: their texts are `<table>_<n>`, so that rows of several tables meet by number. */
export async function fill(
  database: Knex,
  table: string,
  count: number,
  columns: Columns
): Promise<void> {
  const required = await requiredColumns(database, table)
  const all = { ...required, ...columns }
  await database.raw(
    `insert into "${table}" (${Object.keys(all)
      .map((name) => `"${name}"`)
      .join(", ")})
      select ${Object.values(all).join(", ")} from generate_series(1, ${count}) as n`
  )
}

async function requiredColumns(database: Knex, table: string): Promise<Columns> {
  const rows: { column_name: string; data_type: string }[] = await database(
    "information_schema.columns"
  )
    .where({ table_name: table, table_schema: "public", is_nullable: "NO", column_default: null })
    .select("column_name", "data_type")
  return Object.fromEntries(
    rows.map(({ column_name, data_type }) => [column_name, valueOf(table, column_name, data_type)])
  )
}

function valueOf(table: string, column: string, type: string): string {
  switch (type) {
    case "text":
    case "character varying":
      return column === "id" ? `'${table}_' || n` : `'${column}_' || n`
    case "jsonb":
      return `'{"value": "1", "precision": 20}'::jsonb`
    case "boolean":
      return "false"
    case "timestamp with time zone":
      return "now()"
    default:
      return "1"
  }
}

/** The id of Medusa's that it would have given to row `n` at that time, both in SQL: the table's prefix and a ULID. */
export function idAt(prefix: string, at: string): string {
  return `'${prefix}_' || ulid_at(${at}, n)`
}

/** For `idAt`: ten places of the time in milliseconds, sixteen of the row's number. */
export async function createIdFunction(database: Knex): Promise<void> {
  await database.raw(
    `create function ulid_at(at timestamptz, n bigint) returns text language sql immutable as $$
      select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ',
          (((extract(epoch from at) * 1000)::bigint >> (5 * (9 - place))) & 31)::int + 1, 1), '' order by place)
        || lpad(n::text, 16, '0') from generate_series(0, 9) as place $$`
  )
}
