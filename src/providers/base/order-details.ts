/**
 * What is read of an order's row in the journal: its details, what the gateway has to know of it, and its decimals.
 */
import { z } from "zod"
import { decimalsFor } from "../../gateways/shared/money"
import type { OwnReferences } from "../../gateways/shared/webhook"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { gatewayReference, isOrderReference } from "../../modules/payment-journal/references"
import { isPayoutReference } from "../../modules/payout/domain/transfer"
import type { GatewayData, KnownOrder, NextAction, PaymentGateway } from "./gateway"

/** What can't be read, such as what an older version wrote, counts as absent. */
export function orderDetails(order: Pick<GatewayOrder, "details">): OrderDetails {
  return details.safeParse(order.details ?? {}).data ?? {}
}

/** What the journal keeps of an order beside its columns; nothing secret, nothing personal. */
export type OrderDetails = {
  next_action?: NextAction
  /** See `OpenedOrder.gatewayData` and `OpenedOrder.chargeWith`. */
  gateway_data?: GatewayData
  charge_with?: GatewayData
  /** Where the shopper is sent on to; it was checked. */
  return_url?: string
  /** What has come of it so far, where payments come in parts; major units. */
  received?: string
  /** What the shopper paid on top; major units. */
  surplus?: string
}

const texts = z.record(z.string(), z.string())

const nextAction: z.ZodType<NextAction> = z.discriminatedUnion("type", [
  z.object({ type: z.literal("redirect"), url: z.string() }),
  z.object({ type: z.literal("post_form"), url: z.string(), fields: texts }),
  z.object({ type: z.literal("qr_code"), value: z.string(), expires_at: z.string().optional() }),
  z.object({ type: z.literal("pay_code"), code: z.string(), expires_at: z.string().optional() }),
  z.object({ type: z.literal("shopper_code") }),
  z.object({ type: z.literal("none") }),
])

const details = z.object({
  next_action: nextAction.optional().catch(undefined),
  gateway_data: texts.optional().catch(undefined),
  charge_with: texts.optional().catch(undefined),
  return_url: z.string().optional().catch(undefined),
  received: z.string().optional().catch(undefined),
  surplus: z.string().optional().catch(undefined),
})

/** @param proven numbers of the gateway's whose money was received already: they are no longer asked about */
export function knownOrder(order: GatewayOrder, proven: readonly string[] = []): KnownOrder {
  return {
    reference: gatewayReference(order.reference),
    amount: order.amount,
    currency: order.currency_code,
    gatewayId: order.gateway_id ?? undefined,
    expiresAt: order.expires_at ?? undefined,
    gatewayData: orderDetails(order).gateway_data ?? {},
    candidateIds: order.candidate_ids.filter((id) => !proven.includes(id)),
  }
}

/** An order was only opened in a currency that the gateway has; its own amount tells the decimals otherwise. */
export function orderDecimals(
  gateway: Pick<PaymentGateway, "decimals">,
  order: GatewayOrder
): number {
  return (
    decimalsFor(gateway.decimals, order.currency_code) ?? order.amount.split(".")[1]?.length ?? 0
  )
}

/** The payment session whose money an order holds: the one it was attached to, or its own. */
export function sessionOf(order: Pick<GatewayOrder, "session_id" | "attached_session_id">): string {
  return order.attached_session_id ?? order.session_id
}

/** A payout's reference has the letters and the length of an order's; its `P` tells it apart. */
export const ownReferences: OwnReferences = {
  isOrder: (reference) => !isPayoutReference(reference) && isOrderReference(reference),
  isPayout: isPayoutReference,
}
