import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** What was asked of the database, in its order. */
export type Statements = {
  all: readonly string[]
  /** Those that read or write the plugin's own tables. */
  ours: readonly string[]
  /** What PostgreSQL wrote into its log meanwhile, in bytes, of all that its server does. */
  walBytes: number
  /** Processor time of this process, in milliseconds: of the shop, its shoppers and the sandbox alike. */
  cpuMs: number
}

const ownTables =
  /\b(?:gateway_(?:order|operation|cursor|lease|provider_health)|received_money|webhook_event|payment_exception|order_payment_request|till_sale|reconciliation_run|audit_line|payout_\w+)\b/

/** So long nothing more is asked once everything is done. */
const quietMs = 400

/**
 * The statements of all that somebody does, and of what follows from it in the shop, through to the end: it is over
 * where no statement came for a while.
 */
export async function statementsOf(database: Knex, act: () => Promise<void>): Promise<Statements> {
  const before = await walPosition(database)
  const cpu = process.cpuUsage()
  const all: string[] = []
  let last = Date.now()
  const note = ({ sql }: { sql: string }) => {
    all.push(sql)
    last = Date.now()
  }
  database.on("query", note)
  try {
    await act()
    last = Date.now()
    while (Date.now() - last < quietMs) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  } finally {
    database.removeListener("query", note)
  }
  const { user, system } = process.cpuUsage(cpu)
  return {
    all,
    ours: all.filter((sql) => ownTables.test(sql)),
    walBytes: Number((await walPosition(database)) - before),
    cpuMs: (user + system) / 1_000,
  }
}

async function walPosition(database: Knex): Promise<bigint> {
  const [row] = await database.select(
    database.raw("(pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::text as position")
  )
  return BigInt(row.position)
}
