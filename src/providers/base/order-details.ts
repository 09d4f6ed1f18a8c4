import { z } from "zod"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { KeptDetails, NextAction } from "./payment-gateway"

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
  kept: texts.optional().catch(undefined),
  charge_with: texts.optional().catch(undefined),
  return_url: z.string().optional().catch(undefined),
  received: z.string().optional().catch(undefined),
  surplus: z.string().optional().catch(undefined),
})

/** What the journal keeps of an order beside its columns; nothing secret, nothing personal. */
export type OrderDetails = {
  next_action?: NextAction
  /** See `OpenedOrder.kept` and `OpenedOrder.chargeWith`. */
  kept?: KeptDetails
  charge_with?: KeptDetails
  /** Where the shopper is sent on to; it was checked. */
  return_url?: string
  /** What has come of it so far, where payments come in parts; major units. */
  received?: string
  /** What the shopper paid on top; major units. */
  surplus?: string
}

/** What can't be read, such as what an older version wrote, counts as absent. */
export function orderDetails(order: Pick<GatewayOrder, "details">): OrderDetails {
  return details.safeParse(order.details ?? {}).data ?? {}
}
