import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { checkedKinds } from "../gateway-operation"

/** So often a run is made though nothing is known to be due, in milliseconds: it looks for more than these rows tell. */
const idleRunMs = 5 * 60_000

/**
 * Whether a run of the reconciliation would find something to do in the journal, or the last one was begun long ago. One
 * statement, each part of it by an index.
 *
 * @param providerIds those that the shop lists: what is another's waits until it does
 */
export async function isReconciliationDue(
  database: Knex,
  providerIds: readonly string[]
): Promise<boolean> {
  const one = database.raw("1")
  const now = database.fn.now()
  const orders = database("gateway_order")
    .select(one)
    .whereIn("provider_id", providerIds)
    .where("next_check_at", "<=", now)
  const operations = database({ operation: "gateway_operation" })
    .join({ order: "gateway_order" }, "order.reference", "operation.order_reference")
    .select(one)
    .whereIn("order.provider_id", providerIds)
    .whereIn("operation.kind", checkedKinds)
    .where("operation.next_check_at", "<=", now)
    .where("operation.lease_expires_at", "<=", now)
  const untold = database("payment_exception")
    .select(one)
    .whereIn("provider_id", providerIds)
    // As the index has it.
    .whereNull("told_at")
    .whereNull("deleted_at")
  const lists = database("gateway_cursor")
    .select(one)
    .whereIn("provider_id", providerIds)
    .where("next_at", "<=", now)
  const sales = database("till_sale")
    .join("gateway_order", "gateway_order.session_id", "till_sale.session_id")
    .select(one)
    .where({ "till_sale.state": "open", "gateway_order.state": "paid" })
    // As the index has it.
    .whereNull("till_sale.deleted_at")
  const runs = database("reconciliation_run")
    .select(one)
    .where("started_at", ">", database.raw("now() - ? * interval '1 millisecond'", [idleRunMs]))
  const [row] = await database.select({
    is_due: database.raw(
      "exists (?) or exists (?) or exists (?) or exists (?) or exists (?) or not exists (?)",
      [orders, operations, untold, lists, sales, runs]
    ),
  })
  return row.is_due === true
}
