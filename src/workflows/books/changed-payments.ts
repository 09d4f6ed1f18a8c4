import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { BooksWalks, BooksWindow } from "../../modules/payment-journal/books-walks"
import { sessionOf } from "../../providers/base/order-details"
import { journalOf } from "../../providers/registry"

const pageSize = 500

/**
 * The ids of a provider's payments in Medusa that captures or refunds were written for within the window, by Medusa
 * or by the journal: either can have what the other lacks.
 */
export async function changedPayments(
  container: MedusaContainer,
  providerId: string,
  window: BooksWindow,
  walks: BooksWalks
): Promise<string[]> {
  return [
    ...new Set([
      ...(await ofMedusasRows(container, "capture", providerId, window)),
      ...(await ofMedusasRows(container, "refund", providerId, window)),
      ...(await ofMovedOrders(container, await walks.ordersThatMoved(providerId, window))),
    ]),
  ]
}

async function ofMedusasRows(
  container: MedusaContainer,
  entity: "capture" | "refund",
  provider_id: string,
  { from, until }: BooksWindow
): Promise<string[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const ids: string[] = []
  for (;;) {
    const { data } = await query.graph({
      entity,
      fields: ["id", "payment_id"],
      filters: { created_at: { $gte: from, $lt: until }, payment: { provider_id } },
      pagination: { skip: ids.length, take: pageSize, order: { id: "ASC" } },
    })
    ids.push(...data.map(({ payment_id }) => payment_id))
    if (data.length < pageSize) {
      return ids
    }
  }
}

async function ofMovedOrders(
  container: MedusaContainer,
  references: readonly string[]
): Promise<string[]> {
  if (references.length === 0) {
    return []
  }
  const orders = await journalOf(container).findOrders(references)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payment",
    fields: ["id"],
    filters: { payment_session_id: orders.map(sessionOf) },
  })
  return data.map(({ id }) => id)
}
