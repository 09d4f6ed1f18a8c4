import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import {
  ordersWithChangedOperations,
  type TimeWindow,
} from "../../modules/payment-journal/repositories/operations"
import { sessionOf } from "../../providers/base/order-details"
import { journalOf } from "../../providers/registry"
import { idPrefixes, idsOfTime } from "../medusa-ids"

/**
 * The ids of a provider's payments in Medusa that captures or refunds were written for within the window, by Medusa
 * or by the journal: either can have what the other lacks. Undefined where one of the two wrote more than `most` rows;
 * as soon as that is known, nothing more is read.
 */
export async function changedPayments(
  container: MedusaContainer,
  providerId: string,
  window: TimeWindow,
  most: number
): Promise<string[] | undefined> {
  const found = new Set<string>()
  for (const read of [ofMedusasCaptures, ofMedusasRefunds, ofTheJournal]) {
    const ids = await read(container, providerId, window, most)
    if (ids === undefined) {
      return undefined
    }
    ids.forEach((id) => found.add(id))
  }
  return [...found]
}

type ReadChanges = (
  container: MedusaContainer,
  providerId: string,
  window: TimeWindow,
  most: number
) => Promise<string[] | undefined>

const ofMedusasCaptures: ReadChanges = async (...asked) => await ofMedusasRows("capture", ...asked)

const ofMedusasRefunds: ReadChanges = async (...asked) => await ofMedusasRows("refund", ...asked)

const pageSize = 500

/** Page by page, by the last id and not by a number of rows: Medusa counts all of them where it is to skip some. */
async function ofMedusasRows(
  entity: "capture" | "refund",
  container: MedusaContainer,
  provider_id: string,
  { from, until }: TimeWindow,
  most: number
): Promise<string[] | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  // Medusa has no index by the time of a row, and one by its id.
  const ids = idsOfTime(idPrefixes[entity], { from, until })
  const found: string[] = []
  for (let after = ids.$gte; ;) {
    const take = Math.min(pageSize, most + 1 - found.length)
    const { data } = await query.graph({
      entity,
      fields: ["id", "payment_id"],
      filters: {
        id: { $gt: after, $lt: ids.$lt },
        created_at: { $gte: from, $lt: until },
        payment: { provider_id },
      },
      pagination: { take, order: { id: "ASC" } },
    })
    found.push(...data.map(({ payment_id }) => payment_id))
    const last = data.at(-1)
    if (found.length > most) {
      return undefined
    }
    if (!last || data.length < take) {
      return found
    }
    after = last.id
  }
}

async function ofTheJournal(
  container: MedusaContainer,
  providerId: string,
  window: TimeWindow,
  most: number
): Promise<string[] | undefined> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const references = await ordersWithChangedOperations(database, providerId, window, most + 1)
  if (references.length === 0 || references.length > most) {
    return references.length === 0 ? [] : undefined
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
