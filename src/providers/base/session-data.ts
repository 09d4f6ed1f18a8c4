/** The data of a payment's session, which the shopper sees. */
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { isPlainObject } from "../../shared/validation"
import type { NextAction, PayerField } from "./gateway"
import { orderDetails, sessionOf } from "./order-details"
import { allFields, storefrontKeys } from "./storefront-input"

/**
 * What the shopper may see of the payment; the same shape for all gateways. The amount is in major units,
 * the currency in lower case. Nothing in it is read back where money is decided: the journal is.
 */
export function sessionData(order: GatewayOrder, status: DataStatus): Record<string, unknown> {
  const { next_action, received, surplus } = orderDetails(order)
  return {
    session_id: sessionOf(order),
    reference: order.reference,
    gateway_id: order.gateway_id,
    amount: order.amount,
    currency_code: order.currency_code,
    status,
    next_action: isPayable(status) ? (next_action ?? noAction) : noAction,
    expires_at: order.expires_at?.toISOString() ?? null,
    ...(received === undefined ? {} : { received }),
    ...(surplus === undefined ? {} : { surplus }),
  }
}

/** Words of `session.data.status` beyond the order's own states. */
export type DataStatus = GatewayOrder["state"] | "mismatch" | "partially_refunded"

const noAction: NextAction = { type: "none" }

function isPayable(status: DataStatus): boolean {
  return status === "open" || status === "opening" || status === "failed"
}

/** The keys of session.data that are ours; whatever an older session left in them is never read. */
export const ownKeys: readonly string[] = [
  "session_id",
  "reference",
  "gateway_id",
  "amount",
  "currency_code",
  "status",
  "next_action",
  "expires_at",
  "received",
  "surplus",
]

/**
 * New data in the place of old. Medusa merges the two deeply, so that a link which is no longer to be
 * followed would stay: every key that the new objects lack is cleared with null.
 */
export function inPlaceOf(
  previous: Readonly<Record<string, unknown>>,
  next: Readonly<Record<string, unknown>>
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(next).map(([key, value]) => {
      const old = previous[key]
      return [
        key,
        isPlainObject(value) && isPlainObject(old)
          ? { ...emptied(old), ...inPlaceOf(old, value) }
          : value,
      ]
    })
  )
}

function emptied(old: Readonly<Record<string, unknown>>): Record<string, null> {
  return Object.fromEntries(Object.keys(old).map((key) => [key, null]))
}

/**
 * Clears what a storefront wrote and nobody needs any more. Medusa has stored it before the provider was
 * asked and merges what it gets back, so leaving a key out would keep it: null is what clears it.
 */
export function clearedData(
  data: Record<string, unknown>,
  keptPayer: readonly PayerField[]
): Record<string, unknown> {
  const unlisted = Object.keys(data).filter(
    (key) => usedOnce.includes(key) || !storefrontKeys.includes(key)
  )
  const cleared: Record<string, unknown> = Object.fromEntries(unlisted.map((key) => [key, null]))
  const payer = data.payer
  if (typeof payer !== "object" || payer === null) {
    return payer === undefined ? cleared : { ...cleared, payer: null }
  }
  const kept = allFields.filter((field) => field !== "id_number" && keptPayer.includes(field))
  if (kept.length === 0) {
    return { ...cleared, payer: null }
  }
  const emptied = Object.keys(payer).filter((field) => !kept.some((name) => name === field))
  return {
    ...cleared,
    payer: { ...payer, ...Object.fromEntries(emptied.map((field) => [field, null])) },
  }
}

/** Good for one charge: whoever reads it could use it first. */
const usedOnce: readonly string[] = ["auth_code"]
