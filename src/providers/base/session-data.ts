/**
 * What Medusa is told of a payment: the data of its session, which the shopper sees, the session's status, and the action
 * that Medusa takes on hearing of it.
 */
import type { WebhookActionResult } from "@medusajs/framework/types"
import { PaymentActions, PaymentSessionStatus } from "@medusajs/framework/utils"
import { decimal } from "../../gateways/shared/money"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { isPlainObject } from "../../shared/validation"
import type { SyncedOrder } from "./sync-order"
import type { GatewayContext } from "./context"
import type { NextAction, PayerField } from "./gateway"
import type { Decision } from "./evaluate-report"
import type { PaymentSessionRow } from "./medusa-rows"
import { orderDetails, sessionOf } from "./order-details"
import { allFields, storefrontKeys } from "./storefront-input"
import { isWantedBy } from "./amounts"

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

export function sessionStatus({ type }: { type: Decision["type"] }): Row {
  return rows[type]
}

type Row = { status: PaymentSessionStatus; dataStatus: DataStatus }

/** Where each decision leaves Medusa's payment session. */
const rows: Readonly<Record<Decision["type"], Row>> = {
  pending: { status: PaymentSessionStatus.PENDING, dataStatus: "open" },
  authorized: { status: PaymentSessionStatus.AUTHORIZED, dataStatus: "authorized" },
  paid: { status: PaymentSessionStatus.CAPTURED, dataStatus: "paid" },
  // The shopper may choose again; if this order is paid all the same, the webhook still completes the cart.
  failed: { status: PaymentSessionStatus.ERROR, dataStatus: "failed" },
  expired: { status: PaymentSessionStatus.CANCELED, dataStatus: "expired" },
  canceled: { status: PaymentSessionStatus.CANCELED, dataStatus: "canceled" },
  refunded: { status: PaymentSessionStatus.CANCELED, dataStatus: "refunded" },
  chargeback: { status: PaymentSessionStatus.ERROR, dataStatus: "chargeback" },
  // Money came, but not what was ordered: never authorized, and no second try over it.
  mismatch: { status: PaymentSessionStatus.ERROR, dataStatus: "mismatch" },
}

/**
 * What Medusa should do about an order that the gateway was asked about. Only a session that exists, belongs
 * to this provider and wants this amount is ever named to Medusa, which otherwise completes some other
 * shopper's cart.
 *
 * @param session the order's own, where this provider still has it
 */
export function medusaAction(
  context: GatewayContext,
  { order, decision }: SyncedOrder,
  session: PaymentSessionRow | undefined
): WebhookActionResult {
  if (!session) {
    return withoutSession(context, order, decision)
  }
  if (!isWantedBy(context, session, order)) {
    context.log.warn(
      `${context.gateway.title}: payment session ${session.id} now wants another amount than ` +
        `${order.reference}, which is ${decision.type}: it is left alone`
    )
    return nothingToDo
  }
  const isCaptured =
    decision.type === "paid" && context.gateway.capabilities.capture !== "automatic"
  return {
    // A capture, of our own or made at the gateway itself: on hearing of it Medusa would capture again.
    action: isCaptured ? PaymentActions.AUTHORIZED : actions[decision.type],
    data: { session_id: session.id, amount: decimal(order.requested_amount) },
  }
}

const actions: Readonly<Record<Decision["type"], PaymentActions>> = {
  pending: PaymentActions.PENDING,
  authorized: PaymentActions.AUTHORIZED,
  paid: PaymentActions.SUCCESSFUL,
  failed: PaymentActions.FAILED,
  expired: PaymentActions.CANCELED,
  canceled: PaymentActions.CANCELED,
  refunded: PaymentActions.NOT_SUPPORTED, // our own refund, or one made at the gateway: nothing to complete
  chargeback: PaymentActions.NOT_SUPPORTED, // an order exists by then; the journal holds the state
  mismatch: PaymentActions.FAILED,
}

function withoutSession(
  { gateway, log }: GatewayContext,
  order: GatewayOrder,
  decision: Decision
): WebhookActionResult {
  if (decision.type === "paid" || decision.type === "authorized") {
    log.warn(
      `${gateway.title}: ${order.amount} ${order.currency_code} came for ${order.reference}, but its ` +
        `payment session is gone (cart ${order.cart_id ?? "unknown"}). Refund it or settle it by hand`
    )
  }
  return nothingToDo
}

/** Without a session id Medusa leaves it alone. */
export const nothingToDo: WebhookActionResult = { action: PaymentActions.NOT_SUPPORTED }
