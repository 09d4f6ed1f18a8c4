import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN } from "@medusajs/framework/utils"
import { fixedAt, decimalsFor, roundHalfUp } from "../../gateways/shared/money"
import { medusaAmount } from "../../providers/base/amounts"
import type { GatewayContext } from "../../providers/base/context"
import { notAllowed } from "../../providers/base/errors"
import { dueOnOrder } from "../order-payments/amount-due"

/** One of Medusa's orders as the till shows it. */
export type TillOrder = {
  id: string
  /** The number that people know it by. */
  display_id: number | null
  status: string
  is_draft_order: boolean
  currency_code: string
  /** What is due, at the gateway's decimals in major units; `0` where nothing is. */
  due: string
}

/** Undefined for an order that does not exist any more. */
export async function tillOrder(
  container: MedusaContainer,
  context: GatewayContext,
  id: string
): Promise<TillOrder | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order",
    fields: ["id", "display_id", "status", "is_draft_order", "currency_code"],
    filters: { id },
  })
  const [order] = data
  const due = order && (await dueOnOrder(container, id))
  if (!order || !due) {
    return undefined
  }
  const isOver = order.status === "canceled" || !MathBN.gt(due.due, 0)
  return {
    id: order.id,
    display_id: order.display_id ?? null,
    status: order.status,
    is_draft_order: order.is_draft_order ?? false,
    currency_code: order.currency_code,
    due: isOver ? "0" : chargedFor(context, due.due, order.currency_code),
  }
}

/** As it is charged; in a currency that the gateway does not take, as Medusa has it. */
function chargedFor(
  { gateway }: GatewayContext,
  due: NonNullable<Awaited<ReturnType<typeof dueOnOrder>>>["due"],
  currency: string
): string {
  const decimals = decimalsFor(gateway.decimals, currency)
  const exact = medusaAmount(due)
  return decimals === undefined ? exact : fixedAt(roundHalfUp(exact, decimals), decimals)
}

/** @throws MedusaError not_allowed where the till's provider can't charge it, or nothing is due */
export function requireChargeable(
  { gateway }: GatewayContext,
  { id, currency_code, due }: TillOrder
): void {
  if (decimalsFor(gateway.decimals, currency_code) === undefined) {
    throw notAllowed(
      `Order ${id} is in ${currency_code.toUpperCase()}, and this till takes ` +
        `${Object.keys(gateway.decimals).join(", ").toUpperCase()} alone. Choose another till, or another order`
    )
  }
  if (due === "0" || MathBN.convert(due).isZero()) {
    throw notAllowed(`Nothing is due on order ${id}: it is paid, canceled, or costs nothing`)
  }
}

/** What can be paid at a till: drafts, and placed orders with something due, the newest first. */
export async function findTillOrders(
  container: MedusaContainer,
  context: GatewayContext,
  search: string | undefined
): Promise<TillOrder[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order",
    fields: ["id", "status"],
    filters: {
      currency_code: Object.keys(context.gateway.decimals),
      status: ["draft", "pending", "requires_action"],
      ...(search ? { q: search } : {}),
    },
    pagination: { take: lookedAt, skip: 0, order: { created_at: "DESC" } },
  })
  const orders: TillOrder[] = []
  for (const { id } of data) {
    const order = await tillOrder(container, context, id)
    if (order && order.due !== "0" && orders.length < shown) {
      orders.push(order)
    }
  }
  return orders
}

/** What is due is no column that could be filtered by: so many of the newest that fit are looked at. */
const lookedAt = 40

const shown = 10
