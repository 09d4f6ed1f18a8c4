import type { GatewaySandbox, Move } from "../../conformance/gateway-data"
import type { Shop } from "../../http/support/shop"

/** The amounts of all moves, each by itself, in major units. */
export type Sums = Record<Move, number[]>

/** What moved at the gateway for all orders that were opened there for the cart. */
export async function ledgerOf(
  { database }: Shop,
  sandbox: GatewaySandbox,
  cartId: string
): Promise<Sums> {
  const opened = await database("gateway_order").where({ cart_id: cartId }).select("reference")
  const moved = (kind: Move) =>
    opened.flatMap(({ reference }) =>
      sandbox.moves(kind, reference).map(({ amount }) => Number(amount))
    )
  return {
    payment: moved("payment"),
    capture: moved("capture"),
    refund: moved("refund"),
    reverse: moved("reverse"),
  }
}

export type Books = {
  orders: number
  captured: number[]
  refunded: number[]
  /** Payments that were let go of. */
  canceled: number
  /** What the orders say was paid and not given back. */
  transactions: number
}

/** What Medusa has of a cart. */
export async function booksOf(shop: Shop, cartId: string): Promise<Books> {
  const { database } = shop
  const orders = await shop.ordersOfCart(cartId)
  const collections = database("cart_payment_collection")
    .where({ cart_id: cartId })
    .select("payment_collection_id")
  const payments = await database("payment").whereIn("payment_collection_id", collections)
  const ids = payments.map(({ id }) => id)
  const amounts = async (table: string, column: string, of: readonly string[]) => {
    const rows = await database(table)
      .whereIn(column, of)
      .whereNull("deleted_at")
      .orderBy("created_at")
    return rows.map(({ amount }) => Number(amount))
  }
  const transactions = await amounts("order_transaction", "order_id", orders)
  return {
    orders: orders.length,
    captured: await amounts("capture", "payment_id", ids),
    refunded: await amounts("refund", "payment_id", ids),
    canceled: payments.filter(({ canceled_at }) => canceled_at !== null).length,
    transactions: transactions.reduce((sum, amount) => sum + amount, 0),
  }
}
