import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { actorNames, personName } from "../../../workflows/actors"
import { isTaken } from "../../../workflows/exceptions/take-exception"
import type { Row } from "../read-rows"

/** The columns that name somebody; a request may have chosen others. */
const columns = z.object({
  customer_id: z.string().nullish(),
  cart_id: z.string().nullish(),
  order_id: z.string().nullish(),
  taken_by: z.string().nullish(),
  taken_until: z.coerce.date().nullish(),
  settled_by: z.string().nullish(),
})

/**
 * Payment exceptions with the people behind their ids: whose money it is, who is at it, who settled it; and the order's
 * number. Four look-ups for a page of them, however long.
 *
 * @param viewer the id of whoever looks at them
 */
export async function withPeople(
  container: MedusaContainer,
  rows: readonly Row[],
  viewer: string
): Promise<Row[]> {
  const read = rows.map((row) => columns.parse(row))
  const [customers, carts, orders, names] = await Promise.all([
    rowsById(
      container,
      "customer",
      ["first_name", "last_name", "email"],
      read.map((row) => row.customer_id)
    ),
    rowsById(
      container,
      "cart",
      ["email", "shipping_address.first_name", "shipping_address.last_name"],
      read.map((row) => row.cart_id)
    ),
    rowsById(
      container,
      "order",
      ["display_id"],
      read.map((row) => row.order_id)
    ),
    actorNames(
      container,
      read.flatMap(({ taken_by, settled_by }) => [taken_by, settled_by])
    ),
  ])
  return rows.map((row, place) => {
    const { customer_id, cart_id, order_id, taken_by, taken_until, settled_by } = read[place] ?? {}
    const order = order_id ? orders.get(order_id) : undefined
    return {
      ...row,
      customer: customerOf(
        customer_id ? customers.get(customer_id) : undefined,
        cart_id ? carts.get(cart_id) : undefined
      ),
      order: order ? { id: order.id, display_id: order.display_id } : null,
      taken: takenOf(
        { taken_by: taken_by ?? null, taken_until: taken_until ?? null },
        names,
        viewer
      ),
      settled_by_name: (settled_by && names.get(settled_by)) || null,
    }
  })
}

function takenOf(
  { taken_by, taken_until }: { taken_by: string | null; taken_until: Date | null },
  names: ReadonlyMap<string, string>,
  viewer: string
) {
  return taken_by && taken_until
    ? {
        by: taken_by,
        name: names.get(taken_by) ?? null,
        until: taken_until,
        is_mine: taken_by === viewer,
        is_stale: !isTaken({ taken_by, taken_until }),
      }
    : null
}

type Person = { first_name?: string | null; last_name?: string | null; email?: string | null }

/** As far as it is read here. */
type NamedRow = Person & { id: string; display_id?: number; shipping_address?: Person | null }

/** A guest has no name but that of whoever the cart is sent to. */
function customerOf(customer: NamedRow | undefined, cart: NamedRow | undefined) {
  const email = customer?.email ?? cart?.email ?? null
  if (!customer && email === null) {
    return null
  }
  const nameOf = (person: Person | null | undefined) =>
    person ? personName({ ...person, email: null }) : ""
  const name = nameOf(customer) || nameOf(cart?.shipping_address) || null
  return { id: customer?.id ?? null, name, email }
}

async function rowsById(
  container: MedusaContainer,
  entity: "customer" | "cart" | "order",
  fields: string[],
  ids: readonly (string | null | undefined)[]
): Promise<ReadonlyMap<string, NamedRow>> {
  const known = [...new Set(ids.flatMap((id) => id ?? []))]
  if (known.length === 0) {
    return new Map()
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity,
    fields: ["id", ...fields],
    filters: { id: known },
  })
  return new Map(data.map((row: NamedRow) => [row.id, row]))
}
