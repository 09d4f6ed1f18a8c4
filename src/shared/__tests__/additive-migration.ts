/**
 * The statements of a migration that a server of the version before could trip over while it still runs: all but those
 * that add a table, a column that may be left out, or an index that refuses nothing. What concerns only tables that the
 * migration itself makes is free.
 */
export function notAdditive(statements: readonly string[]): string[] {
  const made = new Set(
    statements.flatMap((sql) => /^create table (?:if not exists )?"(\w+)"/i.exec(sql)?.[1] ?? [])
  )
  return statements.filter((sql) => {
    const table = tableOf(sql)
    return !(table !== undefined && made.has(table)) && !adding.some((form) => form.test(sql))
  })
}

const newColumn = String.raw`add column (?:if not exists )?"\w+" [\w()]+ (?:null|(?:not null )?default [^,;]+)`

const adding = [
  /^create index (?:concurrently )?(?:if not exists )?/i,
  new RegExp(String.raw`^alter table (?:if exists )?"\w+" ${newColumn}(?:, ${newColumn})*;?$`, "i"),
]

function tableOf(sql: string): string | undefined {
  const named =
    /^(?:create table|alter table|drop table) (?:if (?:not )?exists )?"(\w+)"/i.exec(sql) ??
    /^create (?:unique )?index (?:concurrently )?(?:if not exists )?"\w+" on "(\w+)"/i.exec(sql)
  return named?.[1]
}
