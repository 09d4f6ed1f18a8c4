import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** What PostgreSQL is to write into a column of row `n`, in SQL; what is not named and must not be null is made up. */
type Columns = Record<string, string>

/**
 * The rows that tables are filled from, in `numbered`: `n`, counted from 1, the time of each, `at`, which is told in SQL, and
 * `ulid`, for `idAt`.
 */
export async function createNumbered(database: Knex, count: number, at: string): Promise<void> {
  await database.raw(
    `create unlogged table numbered as
      select n, at, ${ulid("milliseconds", "n")} as ulid from (
        select n, at, (extract(epoch from at) * 1000)::bigint as milliseconds
          from (select n, ${at} as at from generate_series(1, ${count}) as n) as dated offset 0
      ) as timed`
  )
  await database.raw("analyze numbered")
}

/** The id of Medusa's that it would have given to that row at its time, in SQL: the table's prefix and a ULID. */
export function idAt(prefix: string): string {
  return `'${prefix}_' || ulid`
}

/** Ten places of the time in milliseconds, sixteen of the row's number; both are SQL. */
function ulid(milliseconds: string, number: string): string {
  const places = Array.from({ length: 10 }, (_, place) => {
    const digit = `((${milliseconds} >> ${5 * (9 - place)}) & 31)::int + 1`
    return `substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', ${digit}, 1)`
  })
  return [...places, `lpad(${number}::text, 16, '0')`].join(" || ")
}

/**
 * The first rows of `numbered`, as those of a table that nobody asks about: their texts are `<table>_<n>`, so that rows of
 * several tables meet by number. Its indexes are built over all at once, in a fraction of the time.
 */
export async function fill(
  database: Knex,
  table: string,
  count: number,
  columns: Columns
): Promise<void> {
  const all = { ...(await requiredColumns(database, table)), ...columns }
  const names = Object.keys(all).map((name) => `"${name}"`)
  await withoutIndexes(database, table, async () => {
    await database.raw(
      `insert into "${table}" (${names.join(", ")})
        select ${Object.values(all).join(", ")} from numbered where n <= ${count} order by n`
    )
  })
}

/** All but those of the table's keys. */
async function withoutIndexes(
  database: Knex,
  table: string,
  work: () => Promise<void>
): Promise<void> {
  const { rows } = await database.raw<{ rows: { name: string; definition: string }[] }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
      where indrelid = ?::regclass
        and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))`,
    [`"${table}"`]
  )
  for (const { name } of rows) {
    await database.raw(`drop index ${name}`)
  }
  await work()
  for (const { definition } of rows) {
    await database.raw(definition)
  }
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
