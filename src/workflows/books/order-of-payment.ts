import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { OrderTransaction } from "./order-books"

export type OrderOfPayment = {
  id: string
  status: string
  transactions: OrderTransaction[]
}

type OrderRow = Omit<OrderOfPayment, "transactions"> & {
  transactions?:
    ((OrderTransaction & { raw_amount?: OrderTransaction["amount"] | null }) | null)[] | null
}

/** The order that one of Medusa's payments belongs to, with the lines in its books. */
export async function orderOfPayment(
  container: MedusaContainer,
  paymentId: string
): Promise<OrderOfPayment | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payment",
    fields: [
      "payment_collection.order.id",
      "payment_collection.order.status",
      "payment_collection.order.transactions.*",
    ],
    filters: { id: paymentId },
  })
  const order: OrderRow | null | undefined = data[0]?.payment_collection?.order
  return order
    ? {
        id: order.id,
        status: order.status,
        transactions: (order.transactions ?? []).flatMap((line) =>
          line ? { ...line, amount: line.raw_amount ?? line.amount } : []
        ),
      }
    : undefined
}
