import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/**
 * For how many milliseconds, by the database's clock, all that is held by some server is still held at most where that
 * server is dead and renews nothing: messages, leases, refunds, payouts, and the checks of these orders.
 */
export async function longestHoldMs(
  database: Knex,
  references: readonly string[] = []
): Promise<number> {
  const { rows } = await database.raw<{ rows: { ms: number | null }[] }>(
    `select (extract(epoch from max(until) - now()) * 1000)::float8 as ms
      from (
        select claimed_until as until from webhook_event
        union all select expires_at from gateway_lease
        union all select lease_expires_at from gateway_operation
        union all select lease_expires_at from payout_transfer
        union all select next_check_at from gateway_order where reference = any(?)
      ) as holds`,
    [[...references]]
  )
  return rows[0]?.ms ?? 0
}
