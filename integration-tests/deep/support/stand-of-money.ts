import type { GatewaySandbox } from "../../conformance/gateway-data"
import type { Shop } from "../../http/support/shop"

/** Where the money of one order at a gateway has come to, as the gateway, Medusa and the journal have it. */
export type StandOfMoney = {
  reference: string
  paid: number
  refunded: number
  /** Medusa's orders that stand on this payment. */
  orders: number
  /** What Medusa has captured and refunded on them. */
  captured: number
  booked_refunds: number
  /** Kinds of what is open in the list of unmatched payments. */
  unmatched: string[]
}

/** Of every order that was ever opened through a gateway, also where nothing was paid. */
export async function standsOfMoney(
  { database }: Pick<Shop, "database">,
  providerId: string,
  sandbox: GatewaySandbox
): Promise<StandOfMoney[]> {
  const opened = await database("gateway_order")
    .where({ provider_id: providerId })
    .select("reference")
    .orderBy("created_at")
  const sum = (amounts: readonly { amount: string | number }[]) =>
    amounts.reduce((whole, { amount }) => whole + Number(amount), 0)
  return await Promise.all(
    opened.map(async ({ reference }): Promise<StandOfMoney> => {
      const payments = await database("payment")
        .join(
          "order_payment_collection",
          "order_payment_collection.payment_collection_id",
          "payment.payment_collection_id"
        )
        .whereRaw("payment.data->>'reference' = ?", [reference])
        .whereNull("payment.deleted_at")
        .whereNull("order_payment_collection.deleted_at")
        .select("payment.id", "order_payment_collection.order_id")
      const ids = payments.map(({ id }) => id)
      const rowsOf = async (table: string) =>
        await database(table).whereIn("payment_id", ids).whereNull("deleted_at")
      const unmatched = await database("unmatched_payment").where({ reference, state: "open" })
      return {
        reference,
        paid: sum(sandbox.moves("payment", reference)),
        refunded: sum(sandbox.moves("refund", reference)),
        orders: payments.length,
        captured: sum(await rowsOf("capture")),
        booked_refunds: sum(await rowsOf("refund")),
        unmatched: unmatched.map(({ kind }) => kind),
      }
    })
  )
}

/** What is wrong with it; undefined where each payment is one order's, or refunded, or in the list. */
export function whatIsLost(stand: StandOfMoney): string | undefined {
  const { paid, refunded, orders, captured, booked_refunds, unmatched } = stand
  if (refunded > paid) {
    return "more was refunded than paid"
  }
  if (orders > 1) {
    return "one payment stands for several orders"
  }
  if (orders === 1) {
    const isBooked = captured === paid && booked_refunds === refunded
    return isBooked && paid > 0 ? undefined : "Medusa's books are not the gateway's"
  }
  const isGivenBack = refunded === paid
  if (paid === 0 || isGivenBack) {
    return unmatched.length === 0 ? undefined : "nothing is left of it, and it is still in the list"
  }
  return unmatched.length === 1 ? undefined : "it was paid, and stands nowhere"
}
