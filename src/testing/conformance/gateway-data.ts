import type { PaymentCustomerDTO } from "@medusajs/framework/types"
import type { GatewayPaymentProvider } from "../../providers/base/provider"
import type { GatewayCapabilities, NextAction } from "../../providers/base/gateway"
import type { ProviderCradle } from "../../providers/base/medusa-rows"
import type { PaymentJournal } from "../../modules/payment-journal/repositories/journal"
import type { Fault, Json } from "./faults"
import type { ChangeSignature } from "./support/forged-requests"

/**
 * All that the suite must be told of a gateway. A gateway adds data, not tests: what it says here decides
 * which scenarios are registered for it and what they expect.
 */
export type GatewayData = {
  /** As in Medusa's provider ids. */
  readonly identifier: string
  /** Where a shop can choose between ways to use a gateway: which of them this is; absent for the usual one. */
  readonly variant?: string
  /** What the provider must declare of itself, word for word. */
  readonly capabilities: GatewayCapabilities
  readonly wire: WireTraits
  /** Lower-case ISO codes, each with the decimal places of the gateway; the first one is what carts are in. */
  readonly currencies: Readonly<Record<string, number>>
  readonly nextActions: readonly NextAction["type"][]
  /** Every documented word for an order, and where it leaves Medusa's payment session. */
  readonly statuses: readonly StatusRow[]
  /** Where the charge is merchant-initiated, in place of a shopper who pays at the gateway. */
  readonly charges?: ChargeTraits
  /** What a storefront has to write into each session besides the payer, such as the shopper's bank. */
  readonly choice?: Readonly<Record<string, string>>
  /** The words in which a refund is answered; null where the answer has none. */
  readonly refundWords: RefundWords | null
  /** Answers with HTTP 200 that look like a yes and prove nothing about our order. */
  readonly misleading: Readonly<Partial<Record<Operation, readonly Json[]>>>
  /** Puts another signature in the place of a webhook's own. Only called for signed webhooks. */
  changeSignature: ChangeSignature
  readonly Provider: ProviderClass
  startSandbox(settings: SandboxSettings): Promise<GatewaySandbox>
}

/** What the wire protocol has, beyond what the provider declares to Medusa. */
export type WireTraits = {
  /** Who tells the gateway of an order: the shop's server, or the shopper's browser, which posts a form. */
  readonly ordersOpenedBy: "server" | "browser"
  /** The gateway can be asked about an order by our reference, also one whose creation it never answered. */
  readonly findsOrdersByReference: boolean
  /** An answer about an order names the amount received, so that a wrong one can be seen. */
  readonly namesMoney: boolean
  /** The same of its currency. */
  readonly namesCurrency: boolean
  /** Calls carry an access token that is fetched first. */
  readonly accessToken: boolean
  /** The gateway says of an order that its payment was declined; else it is as open as before. */
  readonly tellsFailure: boolean
  /** What was declined can still be paid. */
  readonly paidAfterFailed: boolean
  /** Where an order whose time ran out leaves Medusa's payment session; false where no time runs out. */
  readonly expires: "canceled" | "error" | false
  /** The gateway's code for a refund after settlement; null where money can always be refunded. */
  readonly settledCode: string | null
  /** How the bodies of webhooks can be written; none where there are no webhooks. */
  readonly webhookEncodings: readonly WebhookEncoding[]
  /** Whether the signature of a webhook covers the amount. */
  readonly signsAmount: boolean
}

export type StatusRow = {
  /** As the gateway writes it; null where it says none. */
  readonly word: string | null
  /** `reserved` where the money is still to be captured, `paid` where it was taken. */
  readonly session: "pending" | "reserved" | "paid" | "error" | "canceled"
}

export type ChargeTraits = {
  /** A session without what is to be charged asks the shopper for a code. */
  readonly asksForCode: boolean
  /** Only the customer who saved it may have it charged. */
  readonly belongsToCustomer: boolean
  /** The shopper can be asked to confirm the charge, as 3-D Secure does. */
  readonly confirms: boolean
}

export type RefundWords = {
  /** Also what the sandbox answers by itself. */
  readonly made: string
  readonly declined: readonly string[]
  /** Accepted, not final. */
  readonly pending: readonly string[]
}

export type WebhookEncoding = "json" | "form"
/** `query` asks about an order, `ask` about an operation whose outcome is not known; they may be one call. */
export type Operation =
  "token" | "create" | "query" | "ask" | "refund" | "capture" | "void" | "charge"
export type { Fault, Json }

export type ProviderClass = new (
  cradle: ProviderCradle,
  options: Record<string, unknown>,
  journal?: PaymentJournal
) => GatewayPaymentProvider

export type SandboxSettings = {
  /** Where webhooks go. */
  readonly webhookUrl: string
  /** Signed webhooks: with the secret in use, or with the one it takes the place of. */
  readonly signsWith: "current" | "previous"
}

/** Money at the gateway: major units, the gateway's own number of decimals, the currency in lower case. */
export type Money = { readonly amount: string; readonly currency: string }
export type Move = "payment" | "capture" | "refund" | "void"

/** A gateway's stand-in, running. References are ours, as in `session.data.reference`. */
export interface GatewaySandbox {
  readonly url: string
  /** What a shop would paste into medusa-config. */
  readonly options: Readonly<Record<string, unknown>>
  /** Every text that must never be seen outside: what `options` holds and every token given out so far. */
  secrets(): readonly string[]

  /** As the shopper does; `money` (where the gateway names money) is paid in place of what was ordered. */
  pay(reference: string, money?: Money): void
  fail(reference: string): void
  /** Its time runs out. Only called where `wire.expires`. */
  expire(reference: string): void
  /** The gateway says this word of the order from now on, and money has moved if the word says so. */
  say(reference: string, word: string | null): void
  /** Only called where there is a `wire.settledCode`. */
  settle(reference: string): void
  /** Of refunds from now on. Only called where there are `refundWords`. */
  answerRefundsWith(word: string): void
  /** Ends a refund that was accepted and not final. */
  finishRefund(reference: string, end: "made" | "failed"): void
  /** Only called where `charges`. */
  readonly charging?: ChargeControl

  /** The references of all orders there are. */
  orders(): readonly string[]
  moves(kind: Move, reference: string): readonly Money[]
  /** How many calls reached the gateway, refused or not. */
  calls(operation: Operation): number
  fault(operation: Operation, fault: Fault): void
  clearFaults(): void
  /** No token that was given out so far is taken any more. */
  endTokens(): void
  /** From now on a token that is given out ends the last one, or does not. Absent where the sandbox can't. */
  newTokenEndsLast?(isSo: boolean): void

  /** How webhooks go out from now on. */
  setWebhooks(change: WebhookChange): void
  /**
   * Sends, with a true signature where there are any, that the order was paid, whether or not it was. Where
   * `paymentOf` is given, it names the gateway's number of that other order's payment.
   */
  claimPaid(reference: string, amount: string, paymentOf?: string): void
  /** Resolves when no webhook is under way. */
  webhooksSettled(): Promise<void>
  close(): Promise<void>
}

export type ChargeControl = {
  /**
   * A shopper whose payment can be charged by the merchant: what the storefront knows of it. Where it belongs to a
   * customer, to this one.
   */
  shopper(customer?: PaymentCustomerDTO): {
    readonly data: Record<string, string>
    readonly customer?: PaymentCustomerDTO
  }
  /** What becomes of charges from now on: `waits` for the shopper, `asks` for a confirmation first. */
  answerWith(outcome: "paid" | "declined" | "waits" | "asks"): void
}

export type WebhookChange = {
  readonly forged?: boolean
  readonly copies?: number
  readonly encoding?: WebhookEncoding
  /** In place of the true amount, in major units. */
  readonly amount?: number
}
