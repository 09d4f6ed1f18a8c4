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

async function byWords(container: MedusaContainer, words: string): Promise<Filters[]> {
  const concerned = await idsOfListed(container)
  const [customers, carts, orders] = await Promise.all([
    idsOf(container, "customer", concerned.customers, everyWord(words, customerHas)),
    idsOf(container, "cart", concerned.carts, everyWord(words, cartHas)),
    ordersByNumber(container, words, concerned.orders),
  ])
  return [
    ...["reference", "gateway_id", "cart_id", "order_id"].map((column) => ({
      [column]: contains(words),
    })),
    ...(customers.length > 0 ? [{ customer_id: customers }] : []),
    ...(carts.length > 0 ? [{ cart_id: carts }] : []),
    ...(orders.length > 0 ? [{ order_id: orders }] : []),
  ]
}

/** As text and not as a pattern. */
function contains(words: string): Filters {
  return { $ilike: `%${words.replace(/[\\%_]/g, "\\$&")}%` }
}

/** First and last name stand in two columns. */
function everyWord(words: string, has: (word: Filters) => Filters[]): Filters {
  return { $and: words.split(/\s+/).map((word) => ({ $or: has(contains(word)) })) }
}

function customerHas(word: Filters): Filters[] {
  return [{ first_name: word }, { last_name: word }, { email: word }]
}

/** Of a guest, the cart's address is all that has a name. */
function cartHas(word: Filters): Filters[] {
  return [
    { email: word },
    { shipping_address: { first_name: word } },
    { shipping_address: { last_name: word } },
  ]
}

/** So many entries are looked through for a person, the newest first. */
const mostListed = 5_000

type Concerned = { customers: string[]; carts: string[]; orders: string[] }

/** Whom the list is about: a shop has many times as many customers, which are not looked through. */
async function idsOfListed(container: MedusaContainer): Promise<Concerned> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payment_exception",
    fields: ["customer_id", "cart_id", "order_id"],
    pagination: { take: mostListed, order: { created_at: "DESC", id: "DESC" } },
  })
  const distinct = (ids: (string | null)[]) => [...new Set(ids.flatMap((id) => id ?? []))]
  return {
    customers: distinct(data.map(({ customer_id }) => customer_id)),
    carts: distinct(data.map(({ cart_id }) => cart_id)),
    orders: distinct(data.map(({ order_id }) => order_id)),
  }
}

async function ordersByNumber(
  container: MedusaContainer,
  words: string,
  ids: string[]
): Promise<string[]> {
  const [, number] = /^#?(\d{1,9})$/.exec(words) ?? []
  return number ? await idsOf(container, "order", ids, { display_id: Number(number) }) : []
}

async function idsOf(
  container: MedusaContainer,
  entity: "customer" | "cart" | "order",
  ids: string[],
  filters: Filters
): Promise<string[]> {
  if (ids.length === 0) {
    return []
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity, fields: ["id"], filters: { id: ids, ...filters } })
  return data.map(({ id }: { id: string }) => id)
}
