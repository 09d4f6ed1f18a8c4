/**
 * Assumption: an order ends with one of these two and with no other word; the vendor links an "Order Status Enum"
 * and shows PAYING beside them.
 */
export type OrderEnd = "SUCCESS" | "FAIL"

export function isOrderEnd(word: string): word is OrderEnd {
  return word === "SUCCESS" || word === "FAIL"
}

/** PROCESSING, WAITING and PAYING come before these. */
export type PayoutEnd = OrderEnd | "CANCEL"

export function isPayoutEnd(word: string): word is PayoutEnd {
  return isOrderEnd(word) || word === "CANCEL"
}

/**
 * Cashy, Webhook, `orderType`: API is an order of the merchant's call, MCH one made in the merchant's dashboard, DESK
 * one of the pay desk, PATCH what came beside the amount of another order.
 */
export type OrderType = "API" | "MCH" | "DESK" | "PATCH"

/** How the shopper is told to pay; an order may have any of them. */
export type Way = "payDeskUrl" | "payUrl" | "payCode"
