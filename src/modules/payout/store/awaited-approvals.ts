import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { matchingTransfers, type TransferFilters } from "./transfer-queries"

/** What keeps a person from an approval, as far as it stands in the rows of a transfer and its beneficiary. */
export type Bars = {
  actorId: string
  /** When they became an admin, where a second person has to approve; null where anybody may. */
  since: Date | null
  /** Nothing is approved to an account that was changed later. */
  accountChangedBy: Date
}

/** The same with what the rows alone don't tell. */
export type AllBars = Bars & {
  /** Transfers of which they gave the first of two approvals. */
  approvedIds: readonly string[]
  /** Beneficiaries whose account was changed lately in another one. */
  coolingPayees: readonly string[]
}

/** Which of what waits for an approval is asked for. */
export type AwaitedQuestion = {
  filters: Omit<TransferFilters, "status">
  /** Whether what is in a batch is left out. */
  isInNone: boolean
  /** Whether it is what a person may approve, or the rest. */
  mayApprove: boolean
  /** By columns of transfers, in this order, then by the id. */
  order: Readonly<Record<string, "ASC" | "DESC">>
  offset: number
  limit: number
}

/**
 * A page of the ids of what waits, with how many there are on all pages.
 *
 * @param bars undefined of somebody who may approve nothing
 */
export async function awaitedPage(
  database: Knex,
  bars: AllBars | undefined,
  { filters, isInNone, mayApprove, order, offset, limit }: AwaitedQuestion
): Promise<{ ids: string[]; count: number }> {
  const asked = () => {
    const query = awaited(database, filters)
    if (isInNone) {
      query.whereNull("batch_id")
    }
    const isTheirs = bars ? mayBeApproved(database, bars) : database.raw("false")
    return query.whereRaw(mayApprove ? "(?)" : "not (?)", [isTheirs])
  }
  const columns = Object.entries(order).map(([column, way]) => ({ column, order: way }))
  const ids = await asked()
    .orderBy([...columns, { column: "id", order: "ASC" }])
    .offset(offset)
    .limit(limit)
    .pluck("id")
  return { ids, count: await countOf(database, asked()) }
}

/** How many they may approve that are in no batch. */
export async function countInNoBatch(database: Knex, bars: AllBars): Promise<number> {
  const query = awaited(database).whereNull("batch_id").whereRaw(mayBeApproved(database, bars))
  return await countOf(database, query)
}

/** The batches of which they may approve something. */
export async function batchesWithApprovable(database: Knex, bars: AllBars): Promise<Set<string>> {
  const ids = await awaited(database)
    .whereNotNull("batch_id")
    .whereRaw(mayBeApproved(database, bars))
    .groupBy("batch_id")
    .pluck("batch_id")
  return new Set(ids)
}

/** What they gave one approval of that still counts, and would not be barred from else. */
export async function approvedOnce(database: Knex, bars: Bars): Promise<string[]> {
  const given = database("payout_approval")
    .where({ approved_by: bars.actorId })
    .whereNull("voided_at")
    .select("transfer_id")
  return await awaited(database)
    .whereRaw(mayBeApproved(database, bars))
    .whereIn("id", given)
    .pluck("id")
}

/** To whom what they are not barred from goes. */
export async function awaitedPayees(database: Knex, bars: Bars): Promise<string[]> {
  return await awaited(database)
    .whereRaw(mayBeApproved(database, bars))
    .groupBy("beneficiary_id")
    .pluck("beneficiary_id")
}

function awaited(database: Knex, filters: AwaitedQuestion["filters"] = {}): Knex.QueryBuilder {
  return matchingTransfers(database, { ...filters, status: "awaiting_approval" })
}

async function countOf(database: Knex, query: Knex.QueryBuilder): Promise<number> {
  const [{ count }] = await query.select(database.raw("count(*)::int as count"))
  return count
}

/**
 * Whether somebody may approve a row of transfers, asked row by row: a join of transfers with themselves takes minutes where
 * the database has not counted an import yet. Lists of ids are one value each, because a statement takes 65,535.
 */
function mayBeApproved(database: Knex, bars: Bars | AllBars): Knex.Raw {
  const { actorId, since, accountChangedBy } = bars
  const second = since !== null
  return database.raw(
    `payout_transfer.id <> all(:approvedIds::text[])
    ${second ? "and payout_transfer.created_by <> :actorId and payout_transfer.created_at >= :since" : ""}
    and exists (
      select from payout_beneficiary as payee
      where payee.id = payout_transfer.beneficiary_id and payee.status = 'active'
        and coalesce(payee.account_changed_at <= :accountChangedBy, true)
        and payee.id <> all(:coolingPayees::text[])
        ${
          second
            ? `and payee.edited_by <> :actorId and not exists (
                select from jsonb_each_text(payee.changed_by) as changed where changed.value = :actorId
              )`
            : ""
        }
    )`,
    {
      approvedIds: "approvedIds" in bars ? [...bars.approvedIds] : [],
      coolingPayees: "coolingPayees" in bars ? [...bars.coolingPayees] : [],
      accountChangedBy,
      ...(second ? { actorId, since } : {}),
    }
  )
}
