import type { DecimalString } from "../../gateways/shared/decimal"
import type { CurrencyPlaces } from "../../gateways/shared/places"
import type { WebhookMessage, WebhookReading } from "./webhook-reading"

/** What the shopper must do next; the same for all gateways. */
export type NextAction =
  | { type: "redirect"; url: string }
  | { type: "post_form"; url: string; fields: Record<string, string> }
  | { type: "qr_code"; value: string; expires_at?: string }
  | { type: "pay_code"; code: string; expires_at?: string }
  | { type: "shopper_code" }
  | { type: "none" }

/** The words in which a storefront tells who pays; see storefront-input.ts. */
export type PayerField = "name" | "phone" | "email" | "id_number" | "id_type" | "country"

export type Payer = Partial<Record<PayerField, string>>

/** What a gateway can do. The provider's behaviour follows from this and from nothing else. */
export type GatewayCapabilities = {
  /** `at_once`: paid in one step; `later`: reserved first, captured in full; `partial`: or in part. */
  captures: "at_once" | "later" | "partial"
  /** `once`: in full or in part, but one time only. */
  refunds: "none" | "full" | "once" | "partial"
  /** Whether a reservation can be given back before it is captured. */
  reverses: boolean
  webhooks: "signed" | "unsigned" | "none"
  /** Whether several payments of the shopper can make up one order. */
  receivesInParts: boolean
  /** What the gateway must be told of the payer; nothing else of the payer is kept. */
  payer: readonly PayerField[]
}

/** An order about to be opened. Amounts are in major units, at the gateway's places; currencies in lower case. */
export type OrderToOpen = {
  reference: string
  amount: string
  currency: string
  customerId?: string
  payer: Payer
  /** Where the shopper comes back to; checked, and absent where the storefront named none. */
  returnUrl?: string
  language?: string
}

export type OpenedOrder = {
  /** The gateway's own number, where it gives one. */
  gatewayId?: string
  nextAction: NextAction
  expiresAt?: Date
}

/** An order of ours at the gateway, as the journal knows it. */
export type KnownOrder = {
  reference: string
  amount: string
  currency: string
  gatewayId?: string
}

export type ProvenPayment = {
  /** The gateway's own number of this payment. */
  gatewayId: string
  amount: DecimalString
  currency: string
}

/**
 * What the gateway says about an order when it is asked. `money` holds what it proved to have received, or
 * `as_ordered` where it names no amount and the reference alone binds the amount that was ordered.
 */
export type OrderReport = {
  state:
    | "pending"
    | "authorized"
    | "paid"
    | "failed"
    | "expired"
    | "canceled"
    | "refunded"
    | "chargeback"
  /** The gateway's own word for it, as it came; null where it said none. */
  word: string | null
  message?: string
  gatewayId?: string
  /** How the shopper can pay, where the gateway tells it again. */
  nextAction?: NextAction
  money: "as_ordered" | readonly ProvenPayment[]
}

/** One move of money after the order was opened: a capture, a refund, a reversal. */
export type MoneyMove = {
  /** Ours, the same on every repeat of the same wish. */
  reference: string
  amount: string
  order: KnownOrder
  reason?: string
}

/** `unknown` also stands for "accepted, not final yet" and for words that are in no table. */
export type MoveReport = {
  outcome: "done" | "declined" | "unknown"
  gatewayId?: string
  code?: string
  message?: string
}

/** `may_repeat`: the move did not happen, or the gateway refuses to make it twice. */
export type MoveAnswer = MoveReport | { outcome: "may_repeat" }

export type MoveCalls = {
  send(move: MoneyMove): Promise<MoveReport>
  /** Asks what became of a move whose answer never came. Reads only. */
  ask(move: MoneyMove): Promise<MoveAnswer>
}

/**
 * A gateway as the payment lifecycle needs it. Every call rejects with a GatewayError, whose outcome says
 * whether the gateway could have acted. Nothing here knows of Medusa.
 */
export type PaymentGateway = {
  /** The name a person reads, such as "Acme Pay". */
  readonly title: string
  readonly capabilities: GatewayCapabilities
  /** The currencies the gateway takes, each with the places it counts in. */
  readonly places: CurrencyPlaces
  createOrder(order: OrderToOpen): Promise<OpenedOrder>
  queryOrder(order: KnownOrder): Promise<OrderReport>
  readonly refund?: MoveCalls
  readonly capture?: MoveCalls
  readonly reverse?: MoveCalls
  parseWebhook(message: WebhookMessage): WebhookReading
  /** Why a refund can't be made here and what the shop can do; for gateways without one. */
  readonly refundAdvice?: string
}
