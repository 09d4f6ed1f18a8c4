import { setTimeout as sleep } from "node:timers/promises"
import { knex } from "@medusajs/framework/mikro-orm/knex"
import type { BrowserShop } from "./shop"

export type TransferRow = {
  id: string
  reference: string
  status: string
  reason: string | null
  approved_by: string | null
  resolved_by: string | null
  gateway_id: string | null
  batch_id: string | null
  file_id: string | null
}

/** Transfers as the shop's database has them, in the order in which they were made. */
export async function transferRows(
  shop: BrowserShop,
  ids: readonly string[]
): Promise<TransferRow[]> {
  const database = knex({ client: "pg", connection: shop.databaseUrl, pool: { min: 0, max: 1 } })
  try {
    const columns = ["approved_by", "resolved_by", "gateway_id", "batch_id", "file_id"]
    return await database("payout_transfer")
      .select("id", "reference", "status", "reason", ...columns)
      .whereIn("id", ids)
      .orderBy("id")
  } finally {
    await database.destroy()
  }
}

/** Waits until a job of the shop's has brought a transfer there; the test's own time ends it. */
export async function untilTransferIs(
  shop: BrowserShop,
  id: string,
  status: string
): Promise<TransferRow> {
  for (;;) {
    const [row] = await transferRows(shop, [id])
    if (row?.status === status) return row
    await sleep(500)
  }
}
