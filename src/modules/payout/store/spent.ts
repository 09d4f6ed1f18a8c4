import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { decimal, type DecimalString } from "../../../gateways/shared/money"
import { countedStates } from "../transfer-state"
import { transferTable } from "./transfers"

/** What was approved since then in a currency and left, or may have, or will; major units. */
export async function spentSince(
  database: Knex,
  currencyCode: string,
  since: Date
): Promise<DecimalString> {
  const row = await database(transferTable)
    .where({ currency_code: currencyCode })
    .whereIn("status", countedStates)
    .where("approved_at", ">=", since)
    // As text: a shop can have told the driver to turn numeric into floats.
    .select({ sum: database.raw("coalesce(sum(amount), 0)::text") })
    .first()
  return decimal(row?.sum ?? "0")
}
