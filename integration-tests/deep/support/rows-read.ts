import { AsyncLocalStorage } from "node:async_hooks"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"

export type Asked = { sql: string; bindings: readonly unknown[] }

const atWork = new AsyncLocalStorage<symbol>()

/** The statements that somebody's work sends to the shop's database; not those of others who are at work meanwhile. */
export async function statementsWhile(
  database: Knex,
  work: () => Promise<unknown>
): Promise<Asked[]> {
  const asked: Asked[] = []
  const mark = Symbol("work")
  const note = ({ sql, bindings }: Asked) => {
    if (atWork.getStore() === mark) {
      asked.push({ sql, bindings: bindings ?? [] })
    }
  }
  database.on("query", note)
  try {
    await atWork.run(mark, work)
  } finally {
    database.removeListener("query", note)
  }
  return asked.filter(({ sql }) => /^\s*(select|insert|update|delete|with)\b/i.test(sql))
}

/** One of each: those that differ in their values alone are the same. */
export function differentOf(asked: readonly Asked[]): Asked[] {
  const withoutValues = (sql: string) =>
    sql.replace(/'[^']*'|\b\d+\b/g, "?").replace(/(\?, ?)+/g, "")
  return [...new Map(asked.map((one) => [withoutValues(one.sql), one])).values()]
}

/** A node of a plan, as EXPLAIN writes it. */
type Plan = {
  "Node Type": string
  "Relation Name"?: string
  "Actual Rows": number
  "Actual Loops": number
  "Rows Removed by Filter"?: number
  Plans?: Plan[]
}

/** How a statement reads a table, and how many of its rows PostgreSQL looks at. */
export type Scan = { table: string; node: string; rows: number }

/** Every time that a statement reads a table; what it writes is undone. */
export async function scansOf(database: Knex, { sql, bindings }: Asked): Promise<Scan[]> {
  const transaction = await database.transaction()
  try {
    const { rows } = await transaction.raw<{ rows: { "QUERY PLAN": { Plan: Plan }[] }[] }>(
      `explain (analyze, format json) ${sql.replace(/\$\d+/g, "?")}`,
      bindings as Knex.RawBinding[]
    )
    return rows.flatMap((row) => row["QUERY PLAN"]).flatMap(({ Plan }) => scansIn(Plan))
  } finally {
    await transaction.rollback()
  }
}

/** The one of a statement's that looks at most rows. */
export async function rowsRead(database: Knex, asked: Asked): Promise<Scan> {
  const nothing: Scan = { table: "", node: "", rows: 0 }
  const scans = await scansOf(database, asked)
  return scans.reduce((most, scan) => (scan.rows > most.rows ? scan : most), nothing)
}

/** The parts of a plan that read a table. */
function scansIn(plan: Plan): Scan[] {
  const below = (plan.Plans ?? []).flatMap(scansIn)
  const table = plan["Relation Name"]
  if (table === undefined) return below
  const rows = (plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0)) * plan["Actual Loops"]
  return [{ table, node: plan["Node Type"], rows }, ...below]
}
