import { meaningOf } from "../shared/messages"

/**
 * - `ours`: opened through the API
 * - `additional`: money that came on top of an order or in its place
 * - `by_hand`: opened by a person in Cashy's dashboard
 */
export type CashyOrderOrigin = "ours" | "additional" | "by_hand"

/** Every word that Cashy documents for `orderType` (Cashy, "Webhook Request Parameters"). */
const origins: Readonly<Record<string, CashyOrderOrigin>> = {
  API: "ours",
  DESK: "ours", // an order of the API whose shopper went through the pay desk
  PATCH: "additional",
  MCH: "by_hand",
}

/**
 * Assumption: a callback without a type, as the vendor's first sample has none, and one with an unknown
 * type tell of the order that they name. Whatever they tell is asked about before it counts.
 */
export function orderOrigin(orderType: string | null | undefined): CashyOrderOrigin {
  return meaningOf(origins, orderType) ?? "ours"
}
