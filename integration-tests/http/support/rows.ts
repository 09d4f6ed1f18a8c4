import type { Shop } from "./shop"

/** What the shop's tables hold of one payment; several rows with the oldest first. */
export function rowsOf(shop: Pick<Shop, "database">) {
  const rows = async (table: string, about: Readonly<Record<string, string>>) =>
    await shop.database(table).where(about).orderBy(["created_at", "id"])
  return {
    journaled: async (reference: string) =>
      await shop.database("gateway_order").where({ reference }).first(),
    operationsOf: async (order_reference: string) =>
      await rows("gateway_operation", { order_reference }),
    exceptionsOf: async (reference: string) => await rows("payment_exception", { reference }),
    /** In Medusa, by its id of the payment. */
    bookedRefunds: async (payment_id: string): Promise<number[]> =>
      (await rows("refund", { payment_id })).map(({ amount }) => Number(amount)),
  }
}
