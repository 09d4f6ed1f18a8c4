import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { TransferState } from "./transfer-state"

type OneOrMore<Value> = Value | readonly Value[]

type TimeRange = { $gt?: Date; $gte?: Date; $lt?: Date; $lte?: Date }

/** As the list of transfers is filtered. */
export type TransferFilters = {
  /** Words, each of which stands in the reference, the purpose or the gateway's id. */
  q?: string
  id?: OneOrMore<string>
  reference?: OneOrMore<string>
  provider_id?: OneOrMore<string>
  beneficiary_id?: OneOrMore<string>
  status?: OneOrMore<TransferState>
  currency_code?: OneOrMore<string>
  gateway_id?: OneOrMore<string>
  idempotency_key?: OneOrMore<string>
  import_id?: OneOrMore<string>
  retry_of_id?: OneOrMore<string>
  created_by?: OneOrMore<string>
  approved_by?: OneOrMore<string>
  created_at?: TimeRange
  updated_at?: TimeRange
}

export type TransferTotal = {
  status: TransferState
  currency_code: string
  count: number
  /** Exact, major units. */
  amount: string
}

const searched = ["reference", "purpose", "gateway_id"]

/** What transfers add up to, by status and currency; what no transfer is in has no line. */
export async function transferTotals(
  database: Knex,
  { q, created_at, updated_at, ...values }: TransferFilters
): Promise<TransferTotal[]> {
  const query = database("payout_transfer").whereNull("deleted_at")
  for (const [column, value] of Object.entries(values)) {
    if (value !== undefined) {
      query.whereIn(column, [value].flat())
    }
  }
  within(query, "created_at", created_at)
  within(query, "updated_at", updated_at)
  for (const word of q?.split(/\s+/).filter(Boolean) ?? []) {
    query.where((either) => searched.forEach((column) => either.orWhereILike(column, `%${word}%`)))
  }
  const rows = await query
    .groupBy("status", "currency_code")
    .orderBy(["status", "currency_code"])
    .select("status", "currency_code")
    .select(database.raw("count(*)::int as count"), database.raw("sum(amount)::text as amount"))
  return rows
}

function within(query: Knex.QueryBuilder, column: string, range: TimeRange = {}): void {
  const { $gt, $gte, $lt, $lte } = range
  if ($gt) query.where(column, ">", $gt)
  if ($gte) query.where(column, ">=", $gte)
  if ($lt) query.where(column, "<", $lt)
  if ($lte) query.where(column, "<=", $lte)
}
