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

/** How many rows PostgreSQL looks at to answer, of the tables it reads most of; what the statement writes is undone. */
export async function rowsRead(
  database: Knex,
  { sql, bindings }: Asked
): Promise<{ table: string; node: string; rows: number }> {
  const transaction = await database.transaction()
  try {
    const { rows } = await transaction.raw<{ rows: { "QUERY PLAN": { Plan: Plan }[] }[] }>(
      `explain (analyze, format json) ${sql.replace(/\$\d+/g, "?")}`,
      bindings as Knex.RawBinding[]
    )
    const scans = rows.flatMap((row) => row["QUERY PLAN"]).flatMap(({ Plan }) => scansOf(Plan))
    return scans.reduce((most, scan) => (rowsLookedAt(scan) > most.rows ? summary(scan) : most), {
      table: "",
      node: "",
      rows: 0,
    })
  } finally {
    await transaction.rollback()
  }
}

/** The parts of a plan that read a table. */
function scansOf(plan: Plan): Plan[] {
  const below = (plan.Plans ?? []).flatMap(scansOf)
  return plan["Relation Name"] === undefined ? below : [plan, ...below]
}

function summary(scan: Plan) {
  return { table: scan["Relation Name"] ?? "", node: scan["Node Type"], rows: rowsLookedAt(scan) }
}

function rowsLookedAt(scan: Plan): number {
  return (scan["Actual Rows"] + (scan["Rows Removed by Filter"] ?? 0)) * scan["Actual Loops"]
}
