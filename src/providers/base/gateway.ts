/**
 * The contract between the payment lifecycle and a gateway: how a gateway is built, what it can do, and what its calls take
 * and report. Nothing here knows of Medusa.
 */
import type { ZodType } from "zod"
import type { CurrencyDecimals, DecimalString } from "../../gateways/shared/money"
import type { GatewayCallRecord } from "../../gateways/shared/request"
import type { TokenStore } from "../../gateways/shared/access-token"
import type { WebhookMessage, WebhookReport } from "../../gateways/shared/webhook"
import type { OwnAddresses } from "../../shared/provider-address"
import type { NextAction } from "../../storefront/next-action"
import type { SetUpHints } from "./errors"

/** A gateway as data: its name, what its options must look like, and how to build it from them. */
export type GatewayDefinition<Options> = {
  /** Medusa's identifier; with `id: "x"` in the shop's config the provider is `pp_<identifier>_x`. */
  identifier: string
  title: string
  options: ZodType<Options>
  /** The options that hold an address of this store's own, where there are any. */
  ownAddresses?: OwnAddresses
  build(options: Options, tools: GatewayTools): PaymentGateway
}

/** What a gateway is built with, besides its options. */
export type GatewayTools = {
  now: () => Date
  /** Told of every HTTP call; the record's type has no room for a secret. */
  onCall: (record: GatewayCallRecord) => void
  /** Where access tokens are shared with the shop's other servers; without it the gateway has one of its own. */
  tokens?: TokenStore
}

/**
 * The part of every gateway's options that the payment lifecycle itself reads. An option that is left out may be undefined, as
 * zod infers it: a gateway of another package may be compiled with `exactOptionalPropertyTypes`.
 */
export type LifecycleOptions = {
  /** The address of the gateway's API; only shown to admins here. */
  baseUrl?: string | undefined
  /** Whether the account is a live one, where the gateway's address does not tell. */
  environment?: "live" | "test" | undefined
  allowedReturnOrigins: readonly string[]
  timeoutMs: number
  /** Where the shopper is sent on to from the gateway, where the storefront named no place. */
  storefrontUrl?: string | undefined
  /** A page of the storefront's, or this store's own return route. */
  returnUrl?: string | undefined
  /** Whether an order may be placed while its pay code is not paid yet. */
  placeOrderBeforePayment?: boolean | undefined
  /** Whether money that no order stands for is given back by itself. */
  refundUnmatched?: boolean | undefined
  /** How long the bodies of webhooks are kept, in days. */
  webhookRetentionDays?: number | undefined
  /** How long webhooks that nobody proved to have sent are kept at all, in days. */
  unprovenWebhookRetentionDays?: number | undefined
}

/**
 * A gateway as the payment lifecycle needs it. Every call rejects with a GatewayError, whose outcome says
 * whether the gateway could have acted. Nothing here knows of Medusa.
 */
export type PaymentGateway = {
  /** The name a person reads, such as "Acme Pay". */
  readonly title: string
  readonly setUp: SetUpHints
  readonly capabilities: GatewayCapabilities
  /** The currencies the gateway takes, each with the decimals it counts in. */
  readonly decimals: CurrencyDecimals
  createOrder(order: OrderToOpen): Promise<OpenedOrder>
  /** Rejects with `isNotFound` where the gateway knows of no such order, or of none that was paid. */
  queryOrder(order: KnownOrder): Promise<OrderReport>
  /**
   * Asks about one payment by the gateway's own number, where several can come under one reference and only one of them
   * is what the order was opened for. Undefined where it is none of this order's, or nothing was taken by it. Reads
   * only.
   */
  queryPayment?(order: KnownOrder, gatewayId: string): Promise<ProvenPayment | undefined>
  /**
   * Asks, in place of `queryOrder`, about an order that there is not, to find out whether the gateway knows the shop: where
   * `queryOrder` takes an answer for "there is none" that any other server could give. Reads only.
   */
  checkAccess?(order: KnownOrder): Promise<unknown>
  readonly refund?: OperationCalls
  readonly capture?: OperationCalls
  readonly void?: OperationCalls
  readonly charge?: ChargeCalls
  readonly savedMethods?: SavedMethodCalls
  readonly chargebacks?: ChargebackCalls
  parseWebhook(message: WebhookMessage): WebhookReport
  /** For gateways that send the shopper back with words of their own. */
  parseReturn?(fields: ReturnFields): ReturnReport
  /**
   * Why no order of this amount can be opened, as far as the shop's own options tell; undefined where none of them is
   * against it. Amounts in major units, at the gateway's decimals.
   */
  amountProblem?(price: { amount: string; currency: string }): string | undefined
  /** Why a refund can't be made here and what the shop can do; for gateways without one. */
  readonly refundAdvice?: string
}

/** What a gateway can do. The provider's behaviour follows from this and from nothing else. */
export type GatewayCapabilities = {
  /**
   * `automatic`: paid in one step. The others reserve first and capture then: `full` in full, `single_partial` in full
   * or in part but one time only, `multiple_partial` in as many parts as it takes.
   */
  capture: "automatic" | "full" | "single_partial" | "multiple_partial"
  /** `single_partial`: in full or in part, but one time only. */
  refund: "none" | "full" | "single_partial" | "multiple_partial"
  /**
   * For how many days a refund that was said to be made can still fail at the gateway; it is asked about so long, by
   * `refund.review`. Absent where it can't, or where no call tells of it.
   */
  refundsSettleWithinDays?: number
  /** Whether a reservation can be given back before it is captured. */
  voids: boolean
  /** Whether an order can be opened as a link that a customer is sent, with no more of the payer than name and e-mail. */
  links: boolean
  webhooks: "signed" | "unsigned" | "none"
  /** Whether several payments of the shopper can make up one order. */
  receivesInParts: boolean
  /**
   * For how many days after it was opened an order can still change at the gateway; two weeks where it does
   * not say. Until then it is asked about, and longer where it can still be paid.
   */
  settlesWithinDays?: number
  /**
   * For how long after it was opened a shopper can pay an order, at the most: the order's own `expires_at` goes
   * before it. `without_end` for links that stay open; absent where nobody says.
   */
  payable?: { hours: number } | "without_end"
  /**
   * After how many days the shop is told of a reservation that was neither captured nor given back, because
   * it lapses at the shopper's bank; absent where none do.
   */
  remindsOfReservationsAfterDays?: number
  /** What the gateway is told of the payer; nothing else of the payer is kept. */
  payer: Readonly<Partial<Record<PayerField, PayerRule>>>
}

/** The words in which a storefront tells who pays; see storefront-input.ts. */
export type PayerField = "name" | "phone" | "email" | "id_number" | "id_type" | "country"

/** What a gateway insists on; held against the payer before an order is opened. */
export type PayerRule = {
  required: boolean
  /** In characters. */
  maxLength?: number
}

export type Payer = Partial<Record<PayerField, string>>

/** An order about to be opened. Amounts are in major units, at the gateway's decimals; currencies in lower case. */
export type OrderToOpen = {
  reference: string
  amount: string
  currency: string
  customerId?: string
  payer: Payer
  /** Where the shopper comes back to; checked, and absent where the storefront named none. */
  returnUrl?: string
  language?: string
  /** What the seller scanned from the shopper's app. */
  authCode?: string
  /** A payment method that the shopper saved before; whose it is has to be checked. */
  savedMethodId?: string
  saveMethod?: boolean
  /** A way to pay and its brand in the gateway's own words, such as `NB`. */
  paymentMode?: string
  paymentBrand?: string
  /** A repeated charge of a saved method, without the shopper. Only the shop's own server can ask for it. */
  recurring?: "repeated"
  /** A link that is sent to the shopper in place of a checkout. Only the shop's own server can ask for it. */
  invoice?: boolean
}

export type OpenedOrder = {
  /** The gateway's own number, where it gives one. */
  gatewayId?: string
  nextAction: NextAction
  expiresAt?: Date
  /** What later calls about the order need; they get it back as `KnownOrder.gatewayData`. */
  gatewayData?: GatewayData
  /**
   * What the merchant-initiated charge needs once the order is to be paid; absent where the
   * shopper pays at the gateway. It is forgotten when the charge begins.
   */
  chargeWith?: GatewayData
}

export type { NextAction }

/** Nothing secret and nothing personal: it is kept in the journal. */
export type GatewayData = Readonly<Record<string, string>>

/** An order of ours at the gateway, as the journal knows it. */
export type KnownOrder = {
  reference: string
  amount: string
  currency: string
  gatewayId?: string
  /** Until when it can be paid, as far as that is known. */
  expiresAt?: Date
  gatewayData: GatewayData
  /**
   * The gateway's own numbers that a browser's return or a notification named for this order and that are
   * not proven yet, the newest first. They are asked about, never believed.
   */
  candidateIds: readonly string[]
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
  /** The gateway's own status, as it came; null where it named none. */
  rawStatus: string | null
  message?: string
  /** What a person has to look at where it stays so: the payment is not what the order was opened for. */
  alert?: string
  gatewayId?: string
  /** How the shopper can pay, where the gateway tells it again. */
  nextAction?: NextAction
  /** Until when it can be paid at the latest; read where the answer that told it first was lost. */
  expiresAt?: Date
  /** Where payments come in parts, those that were proven count whatever the state of the order is. */
  money: "as_ordered" | readonly ProvenPayment[]
  /** What the shopper paid on top of the money, such as a fee; in major units. */
  surplus?: DecimalString
  series?: ChargedSeries
}

export type ProvenPayment = {
  /** The gateway's own number of this payment. */
  gatewayId: string
  amount: DecimalString
  currency: string
}

/** What a subscription charged by itself after the order was paid. */
export type ChargedSeries = {
  /** The event that tells the shop's own subscription logic, such as `acme.series_charged`. */
  event: string
  /** The gateway's own number of the subscription. */
  gatewayId: string
  /** How often the gateway has tried to charge. */
  number: number
  /** All that was ever charged, the order's own payment included; major units. */
  total: DecimalString
  currency: string
}

export type OperationCalls = {
  send(operation: Operation): Promise<OperationResult>
  /** Asks what became of an operation whose answer never came. Reads only. */
  ask(operation: Operation): Promise<OperationStatus>
  /** Asks whether an operation that the gateway said was made still stands; where it can say so. Reads only. */
  review?(operation: Operation): Promise<ReviewReport>
}

/** One operation after the order was opened: a capture, a refund, a void. */
export type Operation = {
  /** Ours, the same on every repeat of the same request. */
  reference: string
  amount: string
  order: KnownOrder
  reason?: string
}

/** `unknown` also stands for "accepted, not final yet" and for words that are in no table. */
export type OperationResult = {
  outcome: "done" | "declined" | "unknown"
  gatewayId?: string
  code?: string
  message?: string
}

/** `may_repeat`: the operation did not happen, or the gateway refuses to make it twice. */
export type OperationStatus = OperationResult | { outcome: "may_repeat" }

/** `failed`: it names the operation and says that it was not made after all. Whatever proves less is `unknown`. */
export type ReviewReport = {
  outcome: "stands" | "failed" | "unknown"
  code?: string
  message?: string
}

export type ChargeCalls = {
  /** What it reports as done is still asked for by `queryOrder`, which is the proof. */
  send(charge: Charge): Promise<ChargeReport>
  /** It charges the code that a seller scans from the shopper's app, as at a till; else a method that was saved. */
  takesShopperCode?: true
  /** How long the charge itself may take, in milliseconds, where that is longer than other calls. */
  sendMs?: number
  /** How often the outcome is asked for while it is not known, and for how long; in milliseconds. */
  pollEveryMs?: number
  patienceMs?: number
}

/** A merchant-initiated charge, sent when the order is to be paid; its reference is the order's. */
export type Charge = {
  order: KnownOrder
  with: GatewayData
}

/** The shopper may have to confirm it first, as 3-D Secure asks. */
export type ChargeReport = OperationResult & { nextAction?: NextAction }

export type SavedMethodCalls = {
  /** Reads only. */
  list(customerId: string): Promise<SavedMethod[]>
  /** Only called with one of the customer's own. */
  remove(customerId: string, id: string): Promise<void>
}

/** A way to pay that a customer saved. Nothing in `data` is secret: the shopper sees it. */
export type SavedMethod = {
  /** The gateway's own number. */
  id: string
  data: Readonly<Record<string, string>>
}

/** A gateway's list of payments, where it tells what shoppers' banks took back. */
export type ChargebackCalls = {
  /** For how many days after it was opened an order can be charged back. */
  days: number
  /** The payments that began on these days; pages count from 1. Reads only. */
  list(days: DayRange, page: number): Promise<ListedPage>
}

/** Days of the calendar, such as `2030-01-31`; both belong to it. */
type DayRange = { from: string; to: string }

type ListedPage = { payments: readonly ListedPayment[]; isLast: boolean }

/** A payment as a gateway's list has it. */
export type ListedPayment = {
  /** Ours. */
  reference: string
  /** The gateway's own number of this payment; a reference can have several. */
  gatewayId: string
  /** The list says that the shopper's bank took it back, or can't be read. To be asked about, never believed. */
  isChargedBack: boolean
}

/** The fields of the shopper's return, from the query or the form. A hint, whatever it says. */
export type ReturnFields = Readonly<Record<string, string>>

export type ReturnReport = { reference?: string; gatewayId?: string }
