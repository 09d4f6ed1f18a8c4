/**
 * What the journal keeps of one customer's payments beside the money itself, and how it is erased: who they are, the
 * pages and codes that they were given to pay with, and what gateways wrote of them. References, amounts, states and
 * times stay: they are the shop's books.
 */
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { unsettledStates } from "../gateway-operation"
import { gatewayReference } from "../references"

/** How long a payment that was opened and never ended counts as being paid, in milliseconds. */
const checkoutMs = 24 * 60 * 60_000

/** What of an order's details was for the shopper, or came from their browser. */
const shoppersDetails = ["next_action", "return_url", "charge_with"] as const

export type JournalErasure = {
  /** References of the payments that name nobody any more. */
  erased: string[]
  /** Of those that are left as they are, because they are not settled: erase again when they are. */
  underWay: string[]
}

/**
 * Takes from the journal whose payments these are, and what was written of that person. Left as it is is what is not
 * settled: what is being paid or only reserved, an operation whose outcome is not known, an open payment exception.
 * Run again it does what is left.
 *
 * @param references of orders at gateways
 */
export async function eraseFromJournal(
  database: Knex,
  { customerId, references, now }: { customerId: string; references: readonly string[]; now: Date }
): Promise<JournalErasure> {
  return await database.transaction(async (transaction) => {
    const rows = await unsettled(transaction, references, now)
    const underWay = references.filter((reference) => rows.includes(reference))
    const erased = references.filter((reference) => !rows.includes(reference))
    await transaction("gateway_order")
      .whereIn("reference", erased)
      .update({
        customer_id: null,
        candidate_ids: null,
        details: transaction.raw("details - ?::text[]", [[...shoppersDetails]]),
        updated_at: now,
      })
    await transaction("webhook_event")
      .whereIn("reference", [...new Set(erased.map(gatewayReference))])
      .whereNotNull("body")
      .update({ body: null, updated_at: now })
    // Also those about what has no order at a gateway.
    await transaction("payment_exception")
      .where({ customer_id: customerId })
      .whereNot({ state: "open" })
      .update({ customer_id: null, updated_at: now })
    return { erased, underWay }
  })
}

async function unsettled(
  database: Knex,
  references: readonly string[],
  now: Date
): Promise<string[]> {
  const operations = database("gateway_operation").whereRaw(
    "gateway_operation.order_reference = gateway_order.reference"
  )
  const rows: { reference: string }[] = await database("gateway_order")
    .whereIn("reference", references)
    .where((any) =>
      any
        .where({ state: "authorized" })
        .orWhere((open) =>
          open
            .whereIn("state", ["opening", "open"])
            .where((payable) =>
              payable
                .where("created_at", ">", new Date(now.getTime() - checkoutMs))
                .orWhere("expires_at", ">", now)
            )
        )
        .orWhereExists(operations.clone().whereIn("state", unsettledStates))
        .orWhereExists(
          database("payment_exception")
            .where({ state: "open" })
            .where((about) =>
              about
                .whereRaw("payment_exception.reference = gateway_order.reference")
                .orWhereIn("reference", operations.clone().select("gateway_operation.reference"))
            )
        )
    )
    .forUpdate()
    .select("reference")
  return rows.map(({ reference }) => reference)
}
