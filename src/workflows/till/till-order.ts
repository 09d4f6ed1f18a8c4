import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN, Modules } from "@medusajs/framework/utils"
import { decimalsFor, fixedAt, roundHalfUp } from "../../gateways/shared/money"
import { medusaAmount } from "../../providers/base/amounts"
import type { GatewayContext } from "../../providers/base/context"
import { notAllowed } from "../../providers/base/errors"
import { configuredProviderIds, gatewayContextOf } from "../../providers/registry"
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
    pagination: { take: lookedAt, skip: 0, order: { created_at: "DESC", id: "DESC" } },
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

/** A provider that charges the code of a shopper's app, in one of its currencies. */
export type Till = {
  /** Medusa's id of the provider, such as `pp_kess_till`. */
  provider_id: string
  currency_code: string
  decimals: number
  /** Where a sale can be opened by an amount: the regions with this currency. */
  regions: { id: string; name: string }[]
}

/** The tills that the shop's config has. A provider need not be enabled in a region: that is for checkouts. */
export async function listTills(container: MedusaContainer): Promise<Till[]> {
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const regions = await container
    .resolve(Modules.REGION)
    .listRegions({}, { order: { name: "ASC", id: "ASC" } })
  return configuredProviderIds(config).flatMap((provider_id) => {
    const gateway = gatewayContextOf(container, provider_id)?.context.gateway
    if (!gateway?.charge?.takesShopperCode) {
      return []
    }
    return Object.entries(gateway.decimals).map(([currency_code, decimals]) => ({
      provider_id,
      currency_code,
      decimals,
      regions: regions
        .filter((region) => region.currency_code === currency_code)
        .map(({ id, name }) => ({ id, name })),
    }))
  })
}

/** @throws MedusaError not_allowed for a provider that takes no shopper's code, or is not in the shop's config */
export function tillContext(container: MedusaContainer, providerId: string): GatewayContext {
  const context = gatewayContextOf(container, providerId)?.context
  if (!context?.gateway.charge?.takesShopperCode) {
    throw notAllowed(
      `${providerId} is no payment provider of this shop that takes the code of a shopper's app. List one with the ` +
        `option mode "quick" in medusa-config: see the page on KESS Pay`
    )
  }
  return context
}
