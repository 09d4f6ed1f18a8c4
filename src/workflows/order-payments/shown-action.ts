import type { GatewayOrder, GatewayOrderState } from "../../modules/payment-journal/gateway-order"
import { orderDetails } from "../../providers/base/order-details"

/**
 * How an order that is not paid can be paid, as far as an admin can pass it on: a form that a browser posts, and a code
 * that the seller scans, are named without their fields.
 */
export type ShownAction =
  | { type: "redirect"; url: string }
  | { type: "qr_code"; value: string; expires_at: string | null }
  | { type: "pay_code"; code: string; expires_at: string | null }
  | { type: "post_form" }
  | { type: "shopper_code" }

const unpaidStates: readonly GatewayOrderState[] = ["opening", "open", "failed"]

/** Null where there is nothing to pay, or its time is over. */
export function shownAction(
  order: Pick<GatewayOrder, "state" | "details" | "expires_at">,
  now: Date
): ShownAction | null {
  const action = orderDetails(order).next_action
  const isOver = order.expires_at !== null && order.expires_at <= now
  if (!action || isOver || !unpaidStates.includes(order.state)) {
    return null
  }
  const expires_at = order.expires_at?.toISOString() ?? null
  switch (action.type) {
    case "redirect":
      return { type: action.type, url: action.url }
    case "qr_code":
      return { type: action.type, value: action.value, expires_at: action.expires_at ?? expires_at }
    case "pay_code":
      return { type: action.type, code: action.code, expires_at: action.expires_at ?? expires_at }
    case "post_form":
    case "shopper_code":
      return { type: action.type }
    case "none":
      return null
  }
}
