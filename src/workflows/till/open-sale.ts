import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules, OrderStatus } from "@medusajs/framework/utils"
import { createOrderWorkflow, deleteDraftOrdersWorkflow } from "@medusajs/medusa/core-flows"
import {
  decimal,
  type DecimalString,
  equal,
  exactAt,
  isWrittenTooExactly,
} from "../../gateways/shared/money"
import type { TillSale } from "../../modules/payment-journal/repositories/till-sales"
import { medusaAmount } from "../../providers/base/amounts"
import type { GatewayContext } from "../../providers/base/context"
import { invalidData, notAllowed } from "../../providers/base/errors"
import { existing, notFound } from "../../shared/errors"
import { leaseKeys, withLeaseOf } from "../leases"
import { readSale, salesOf, type TillSaleView } from "./read-sale"
import { requireChargeable, tillOrder, tillContext } from "./till-order"

export type OpenSaleInput = {
  /** Of the page: the same request again gives back the sale that it opened. */
  idempotency_key: string
  provider_id: string
  /** An admin's id. */
  actor: string
} & (
  | {
      /** A draft, or a placed order with something due. */
      order_id: string
    }
  | {
      /** Exact, in major units: all that the shopper pays, tax included. */
      amount: string
      region_id: string
      /** What was sold, as the order's only item has it. */
      title: string
    }
)

/**
 * Opens a sale at the till: for an order that exists, or for an amount, for which a draft order with one item is made.
 * Nothing is charged yet. An order that has an open sale already keeps that one, so that two tills show the same.
 *
 * @throws MedusaError not_found for an order or a region that does not exist; not_allowed where the till can't charge
 * it, has an open sale of another provider, or the key opened another sale; invalid_data for an amount that the gateway can't count
 */
export async function openSale(
  container: MedusaContainer,
  input: OpenSaleInput
): Promise<TillSaleView> {
  const context = tillContext(container, input.provider_id)
  const { idempotency_key } = input
  const sale = await withLeaseOf(container, leaseKeys.tillSale(idempotency_key), async () => {
    const before = await salesOf(container).findByKey(idempotency_key)
    if (before) {
      requireSameRequest(before, await contentOfDraft(container, before), input)
    }
    return before ?? (await openNew(container, context, input))
  })
  requireSameTill(sale, input)
  return await readSale(container, sale)
}

/** What the till's own draft was made of; null where the sale has another order, or the draft was deleted. */
type DraftContent = {
  region_id: string | null
  items: readonly { title: string; unit_price: DecimalString }[]
}

/** @throws MedusaError not_allowed where the key has opened a sale of other contents */
export function requireSameRequest(
  sale: Pick<TillSale, "id" | "provider_id" | "order_id" | "is_own_draft">,
  draft: DraftContent | null,
  input: OpenSaleInput
): void {
  const isSameOrder =
    "order_id" in input
      ? !sale.is_own_draft && sale.order_id === input.order_id
      : sale.is_own_draft && (draft === null || isMadeOf(draft, input))
  if (sale.provider_id !== input.provider_id || !isSameOrder) {
    throw notAllowed(
      `This request's idempotency_key has opened another sale already (${sale.id}). Nothing was opened. Send a new key`,
      { code: "key_used" }
    )
  }
}

function isMadeOf({ region_id, items }: DraftContent, { amount, title, ...input }: AmountInput) {
  return (
    region_id === input.region_id &&
    items.some((item) => item.title === title && equal(item.unit_price, decimal(amount)))
  )
}

async function contentOfDraft(
  container: MedusaContainer,
  { is_own_draft, order_id }: TillSale
): Promise<DraftContent | null> {
  if (!is_own_draft) {
    return null
  }
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "order",
    fields: ["id", "region_id", "items.title", "items.unit_price"],
    filters: { id: order_id },
  })
  const [order] = data
  if (!order) {
    return null
  }
  const items: readonly ({ title: string; unit_price: BigNumberInput } | null)[] = order.items ?? []
  return {
    region_id: order.region_id ?? null,
    items: items.flatMap((item) =>
      item ? { title: item.title, unit_price: medusaAmount(item.unit_price) } : []
    ),
  }
}

/** @throws MedusaError not_allowed where the order's open sale is another till's */
export function requireSameTill(
  { id, provider_id, order_id }: Pick<TillSale, "id" | "provider_id" | "order_id">,
  input: Pick<OpenSaleInput, "provider_id">
): void {
  if (provider_id !== input.provider_id) {
    throw notAllowed(
      `Order ${order_id} has an open sale at another till (${id} of ${provider_id}). Nothing was opened. Finish or ` +
        `cancel that one first`,
      { code: "sale_elsewhere" }
    )
  }
}

async function openNew(
  container: MedusaContainer,
  context: GatewayContext,
  input: OpenSaleInput
): Promise<TillSale> {
  const isOwnDraft = !("order_id" in input)
  const order_id = isOwnDraft ? await makeDraft(container, context, input) : input.order_id
  if (!isOwnDraft) {
    const order = existing(await tillOrder(container, context, order_id), `order ${order_id}`)
    requireChargeable(context, order)
  }
  return await salesOf(container).open({
    idempotency_key: input.idempotency_key,
    provider_id: input.provider_id,
    order_id,
    is_own_draft: isOwnDraft,
    opened_by: input.actor,
  })
}

type AmountInput = Extract<OpenSaleInput, { amount: string }>

/**
 * A draft, and no cart: a cart needs an address, a shipping option and an e-mail before it can be completed. The item's
 * price includes its tax, so that the shopper pays what was typed whatever the region's rates are.
 */
async function makeDraft(
  container: MedusaContainer,
  context: GatewayContext,
  { amount, region_id, title }: AmountInput
): Promise<string> {
  const [region] = await container.resolve(Modules.REGION).listRegions({ id: [region_id] })
  if (!region) {
    throw notFound(`There is no region ${region_id}`)
  }
  const price = chargeable(context, amount, region.currency_code)
  // As Medusa's own route for drafts has it; the workflow's type lacks `is_draft_order`.
  const draftInput = {
    region_id,
    currency_code: region.currency_code,
    status: OrderStatus.DRAFT,
    is_draft_order: true,
    items: [
      {
        title,
        quantity: 1,
        unit_price: price,
        is_tax_inclusive: true,
        requires_shipping: false,
      },
    ],
  }
  const { result: draft } = await createOrderWorkflow(container).run({ input: draftInput })
  const made = await tillOrder(container, context, draft.id)
  if (!made || !equal(decimal(made.due), decimal(price))) {
    await deleteDraftOrdersWorkflow(container).run({ input: { order_ids: [draft.id] } })
    throw notAllowed(
      `Medusa made a draft order of ${made?.due ?? "nothing"} for ${price} ${region.currency_code.toUpperCase()}, so ` +
        `that nothing was opened. Look for a promotion or a plugin that changes new orders`
    )
  }
  return draft.id
}

function chargeable({ gateway }: GatewayContext, amount: string, currency: string): string {
  const decimals = gateway.decimals[currency]
  if (decimals === undefined) {
    throw notAllowed(
      `${gateway.title} takes no ${currency.toUpperCase()} here. Choose another region`,
      {
        code: "currency_not_taken",
        details: { gateway: gateway.title, currency: currency.toUpperCase() },
      }
    )
  }
  if (isWrittenTooExactly(amount, currency, decimals)) {
    throw invalidData(
      `${gateway.title} counts ${currency.toUpperCase()} with ${decimals} decimal places. Enter an amount with at ` +
        `most as many`,
      {
        code: "too_exact",
        details: {
          gateway: gateway.title,
          currency: currency.toUpperCase(),
          decimals: String(decimals),
        },
      }
    )
  }
  return exactAt(decimal(amount), decimals)
}
