import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN, Modules } from "@medusajs/framework/utils"
import { completeCartWorkflowId } from "@medusajs/medusa/core-flows"
import { isPlainObject } from "../../shared/validation"
import {
  type CartFacts,
  completionMs,
  type CopiedFacts,
  type DeadCompletion,
  decideOrphans,
  type OrderFacts,
} from "./decide-orphan"

const page = 100

/** The key in an order's metadata that says why this package canceled it, and what it says. */
export const noteKey = "regional_payments_note"

export const note =
  "Canceled by itself: the server died while it made this order of a cart, before all of it was linked. The cart " +
  "became another order, or can still become one"

/** An order that a completion left which died; `touched` ones are for a person. */
export type LeftOrder = { cart: CartFacts; order: OrderFacts; decision: "orphan" | "touched" }

/**
 * The completions of carts that began in that time and did not end: core writes a row when one begins, and the next
 * when it ended, well or not. The caller knows from when on none of them can be at work any more.
 */
export async function unendedCompletions(
  container: MedusaContainer,
  { from, until }: { from: Date; until: Date }
): Promise<DeadCompletion[]> {
  const engine = container.resolve(Modules.WORKFLOW_ENGINE)
  const found: DeadCompletion[] = []
  for (let skip = 0; ; skip += page) {
    const rows = await engine.listWorkflowExecutions(
      {
        workflow_id: completeCartWorkflowId,
        state: ["not_started", "invoking", "waiting_to_compensate", "compensating"],
        created_at: { $gte: from.toISOString(), $lte: until.toISOString() },
      },
      {
        select: ["id", "context", "created_at"],
        // Those of one time would else be on two pages, or on none.
        order: { created_at: "ASC", id: "ASC" },
        skip,
        take: page,
      }
    )
    for (const { context, created_at } of rows) {
      const cart_id = cartOfExecution(context)
      if (cart_id !== undefined) {
        found.push({ cart_id, began_at: new Date(created_at) })
      }
    }
    if (rows.length < page) {
      return found
    }
  }
}

/** `{ data: { payload: { id } } }`: what the workflow was run with. */
function cartOfExecution(context: unknown): string | undefined {
  const data = isPlainObject(context) ? context.data : undefined
  const payload = isPlainObject(data) ? data.payload : undefined
  return isPlainObject(payload) && typeof payload.id === "string" ? payload.id : undefined
}

/**
 * The orders that completions of a cart left which died.
 *
 * @param madeUntil what was made later may be at work still
 */
export async function leftOrders(
  container: MedusaContainer,
  cartId: string,
  deaths: readonly DeadCompletion[],
  madeUntil: Date
): Promise<LeftOrder[]> {
  const cart = await cartFacts(container, cartId)
  const orders = cart ? await ordersOfTime(container, cart, deaths) : []
  const decided = cart && decideOrphans(cart, deaths, orders, madeUntil)
  return orders.flatMap((order) => {
    const decision = decided?.get(order.id)
    return cart && decision && decision !== "innocent" ? [{ cart, order, decision }] : []
  })
}

type Row = Record<string, unknown>

const copiedFields = [
  "id",
  "customer_id",
  "email",
  "region_id",
  "sales_channel_id",
  "currency_code",
  "items.variant_id",
  "items.title",
  "items.quantity",
  "items.raw_quantity",
  "items.unit_price",
  "items.raw_unit_price",
  "shipping_address.created_at",
  "billing_address.created_at",
]

async function cartFacts(container: MedusaContainer, id: string): Promise<CartFacts | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data: carts } = await query.graph({
    entity: "cart",
    fields: [...copiedFields, "payment_collection.id"],
    filters: { id },
  })
  const [cart] = carts
  if (!cart) {
    return undefined
  }
  const { data: links } = await query.graph({
    entity: "order_cart",
    fields: ["order.created_at"],
    filters: { cart_id: id },
  })
  const completedAt = links[0]?.order?.created_at
  return {
    ...copiedFacts(cart),
    id,
    payment_collection_id: cart.payment_collection?.id ?? null,
    completed_order_at: completedAt ? new Date(completedAt) : null,
  }
}

/** The orders of the same customer that were made while the completions that died were at work. */
async function ordersOfTime(
  container: MedusaContainer,
  cart: CartFacts,
  deaths: readonly DeadCompletion[]
): Promise<OrderFacts[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const began = deaths.map(({ began_at }) => began_at.getTime())
  const { data } = await query.graph({
    entity: "order",
    fields: [
      ...copiedFields,
      "items.detail.quantity",
      "items.detail.raw_quantity",
      "created_at",
      "updated_at",
      "status",
      "is_draft_order",
      "version",
      "metadata",
      "payment_collections.id",
      "transactions.id",
      "fulfillments.id",
    ],
    filters: {
      customer_id: cart.customer_id,
      created_at: {
        $gte: new Date(Math.min(...began)),
        $lte: new Date(Math.max(...began) + completionMs),
      },
    },
  })
  return await Promise.all(data.map(async (order: Row) => await orderFacts(container, order)))
}

/** A return, a claim, an exchange and an edit each leave a change of the order. */
async function orderFacts(container: MedusaContainer, order: Row): Promise<OrderFacts> {
  const id = String(order.id)
  const orders = container.resolve(Modules.ORDER)
  const { data: carts } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({ entity: "order_cart", fields: ["cart_id"], filters: { order_id: id } })
  const changes = await orders.listOrderChanges({ order_id: id }, { select: ["id"] })
  const metadata = isPlainObject(order.metadata) ? order.metadata : {}
  return {
    ...copiedFacts(order),
    id,
    created_at: dateOf(order.created_at),
    updated_at: dateOf(order.updated_at),
    status: String(order.status),
    is_draft_order: order.is_draft_order === true,
    version: Number(order.version),
    hasCart: carts.length > 0,
    payment_collection_ids: rowsOf(order.payment_collections).map((row) => String(row.id)),
    events: rowsOf(order.transactions).length + rowsOf(order.fulfillments).length + changes.length,
    isBeingTakenBack: metadata[noteKey] === note,
  }
}

function copiedFacts(row: Row): CopiedFacts {
  return {
    customer_id: textOf(row.customer_id),
    email: textOf(row.email),
    region_id: textOf(row.region_id),
    sales_channel_id: textOf(row.sales_channel_id),
    currency_code: String(row.currency_code),
    lines: rowsOf(row.items).map((item) => {
      // An order has the quantity of a line apart, for each of its versions.
      const counted = isPlainObject(item.detail) ? item.detail : item
      return {
        variant_id: textOf(item.variant_id),
        title: String(item.title),
        quantity: exact(counted.raw_quantity ?? counted.quantity),
        unit_price: exact(item.raw_unit_price ?? item.unit_price),
      }
    }),
    addresses: rowsOf([row.shipping_address, row.billing_address]).map(({ created_at }) =>
      dateOf(created_at)
    ),
  }
}

function rowsOf(value: unknown): Row[] {
  return Array.isArray(value) ? value.filter(isPlainObject) : []
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null
}

function dateOf(value: unknown): Date {
  return value instanceof Date ? value : new Date(String(value))
}

function exact(value: unknown): string {
  return isAmount(value) ? MathBN.convert(value).toFixed() : ""
}

function isAmount(value: unknown): value is BigNumberInput {
  return typeof value === "number" || typeof value === "string" || isPlainObject(value)
}
