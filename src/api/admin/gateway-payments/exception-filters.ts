import type { AuthenticatedMedusaRequest } from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

type Filters = Record<string, unknown>

const ownFilters = z.object({
  q: z.string().optional(),
  taken_by: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((ids) => (typeof ids === "string" ? [ids] : ids)),
})

/**
 * The filters of a list of payment exceptions as the database has them: `q` looks for words in the references, the
 * cart and the order, and for who is concerned; `taken_by` knows who is at it still.
 */
export async function exceptionFilters(
  { scope, filterableFields, auth_context }: AuthenticatedMedusaRequest,
  now = new Date()
): Promise<Filters> {
  const { q, taken_by } = ownFilters.parse(filterableFields)
  const { q: _q, taken_by: _taken, ...others } = filterableFields
  const own = [
    ...(q?.trim() ? [{ $or: await byWords(scope, q.trim()) }] : []),
    ...(taken_by ? [{ $or: taken_by.map((who) => takenBy(who, auth_context.actor_id, now)) }] : []),
  ]
  return own.length > 0 ? { ...others, $and: own } : others
}

/** @param who an admin's id, or `me`, `others`, `nobody` */
function takenBy(who: string, viewer: string, now: Date): Filters {
  const isHeld = { taken_until: { $gt: now } }
  switch (who) {
    case "nobody":
      return { $or: [{ taken_until: null }, { taken_until: { $lte: now } }] }
    case "me":
      return { taken_by: viewer, ...isHeld }
    case "others":
      return { taken_by: { $ne: viewer }, ...isHeld }
    default:
      return { taken_by: who, ...isHeld }
  }
}

/** More people than that have no name in common that anybody would look for. */
const mostPeople = 200

async function byWords(container: MedusaContainer, words: string): Promise<Filters[]> {
  const literal = words.replace(/[\\%_]/g, "\\$&") // no wildcards: Medusa's own search takes them for such
  const like = { $ilike: `%${literal}%` }
  const [customers, carts, orders] = await Promise.all([
    idsOf(container, "customer", { q: literal }),
    idsOf(container, "cart", { email: like }),
    ordersByNumber(container, words),
  ])
  return [
    ...["reference", "gateway_id", "cart_id", "order_id"].map((column) => ({ [column]: like })),
    ...(customers.length > 0 ? [{ customer_id: customers }] : []),
    ...(carts.length > 0 ? [{ cart_id: carts }] : []),
    ...(orders.length > 0 ? [{ order_id: orders }] : []),
  ]
}

async function ordersByNumber(container: MedusaContainer, words: string): Promise<string[]> {
  const [, number] = /^#?(\d{1,9})$/.exec(words) ?? []
  return number ? await idsOf(container, "order", { display_id: Number(number) }) : []
}

async function idsOf(
  container: MedusaContainer,
  entity: "customer" | "cart" | "order",
  filters: Filters
): Promise<string[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity,
    fields: ["id"],
    filters,
    pagination: { take: mostPeople },
  })
  return data.map(({ id }: { id: string }) => id)
}
