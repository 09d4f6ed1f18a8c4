import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { SellingThrough } from "./gateway-shop"

/**
 * What is not mended, and what a person has to do about it: Medusa writes a refund or a capture before it tells the
 * provider. Where the server dies between the two, or between a refusal and its deletion, the row stands for money
 * that nobody was told to move, and the journal knows of nothing that could be asked about. Whoever looks the payment
 * up at the gateway deletes the row.
 *
 * @returns how many there were
 */
export async function deleteWhatNobodyWasTold(
  database: Knex,
  through: readonly SellingThrough[]
): Promise<number> {
  // Where the money is taken at once, a capture is no call of the gateway's.
  const capturing = through
    .filter(({ gateway }) => gateway.capabilities.captures !== "at_once")
    .map(({ providerId }) => providerId)
  const payments = database("payment").select("id").whereIn("provider_id", capturing)
  const refunds = await untold(database, "refund").update({ deleted_at: new Date() })
  const captures = await untold(database, "capture")
    .whereIn("payment_id", payments)
    .update({ deleted_at: new Date() })
  return refunds + captures
}

/** What the journal can still ask about is the shop's to find out, and no person's. */
function untold(database: Knex, table: "refund" | "capture") {
  const told = database("gateway_operation")
    .whereNotNull("medusa_id")
    .whereNot({ state: "declined" })
    .select("medusa_id")
  return database(table).whereNull("deleted_at").whereNotIn("id", told)
}
