import type { Ledger, LedgerEntry } from "../shared/ledger"
import type { CommonOptions, CommonSandbox } from "../shared/sandbox"
import type { CashyOrder, NewOrder, Orders, PatchNumbering } from "./orders"
import type { CashyPayout, Payouts } from "./payouts"
import type { Way } from "./protocol"
import type { CashyWebhooks, Notifier } from "./webhooks"

/** All that a restarted sandbox needs in order to know its orders again; plain JSON. */
export interface CashyMemory {
  readonly orders: readonly CashyOrder[]
  readonly payouts: readonly CashyPayout[]
  readonly ledger: readonly LedgerEntry[]
}

export interface CashySandboxOptions extends CommonOptions<CashyMemory>, Partial<CashySettings> {
  readonly merchantId?: string
  readonly apiKey?: string
  readonly webhookKey?: string
  /** Before the first retry of a webhook; doubled before each further one. Default 60000, as the vendor's is. */
  readonly webhookRetryDelayMs?: number
  /** How long a webhook waits for its answer. Default 5000. */
  readonly webhookTimeoutMs?: number
  readonly randomDigits?: (count: number) => string
}

export interface CashySandbox extends CommonSandbox<CashySettings, CashyCredentials> {
  readonly orders: Pick<Orders, "all" | "get">
  readonly payouts: Pick<Payouts, "all" | "get">
  readonly webhooks: CashyWebhooks

  // Numbers of orders and payouts are the merchant's or Cashy's; each throws where there is none such.

  /** As the shopper does on the pay desk; nothing happens to an order that has come to its end. */
  pay(number: string): CashyOrder
  decline(number: string): CashyOrder
  /** Pays another amount than was ordered. @returns the PATCH order */
  payPart(number: string, amount: string): CashyOrder
  /** Pays the amount that was ordered once more. @returns the PATCH order */
  payAgain(number: string): CashyOrder
  /** Sends money to an order's pay code. @returns what it paid: the order, or a PATCH order */
  transfer(payCode: string, amount: string): CashyOrder
  expire(number: string): CashyOrder
  /** SUCCESS and FAIL are as `pay` and `decline`; of any other word only the query knows. */
  say(number: string, orderStatus: string): CashyOrder
  /** An order that somebody made, and was paid for, in the merchant's dashboard. */
  addByHand(order: Pick<NewOrder, "mchOrderNo" | "amount" | "currency" | "notifyUrl">): CashyOrder
  /** Any word on a payout's way, or its end. */
  sayOfPayout(number: string, orderStatus: string): CashyPayout
  /** The money of a payout that succeeded comes back. */
  giveBack(number: string): CashyPayout
  /** Sends the webhook of an order or a payout once more. */
  resendWebhook(number: string): void
}

export interface CashyCredentials {
  /** Digits. */
  readonly merchantId: string
  readonly apiKey: string
  /** What webhooks are signed with: the apiKey, or the one before it while the key is being changed. */
  readonly webhookKey: string
}

/** How the shopper can pay an order; null where not this way. */
export type Links = Readonly<Record<Way, string | null>>

/** What the routes work on. */
export interface CashyContext {
  readonly credentials: CashyCredentials
  readonly settings: () => CashySettings
  readonly orders: Orders
  readonly payouts: Payouts
  readonly notifier: Notifier
  readonly ledger: Pick<Ledger, "entries">
  readonly links: (order: CashyOrder) => Links
}

/** What a test can change while the sandbox runs. Where the vendor is silent, a setting gives each reading. */
export interface CashySettings {
  /** What orders from now on are answered with; the others are null. */
  readonly ways: readonly Way[]
  /** Of orders from now on. */
  readonly orderType: "API" | "DESK"
  /** What a payIn again, with the same fields, is answered with. Other fields are always refused. */
  readonly duplicateOrder: "refuse" | "same-order"
  /**
   * Cashy, payInQuery, shows `decimal(20,0)` and "20000" where the other pages have `decimal(20,2)`: amounts without
   * decimals. One with a fraction is refused then.
   */
  readonly wholeAmounts: boolean
  /** Of an order whose time has run out without a payment: the vendor names no word for it. */
  readonly expiredStatus: "FAIL" | "PAYING"
  /** What one order may be at least and at most; such a range stands in the vendor's example of an amount. */
  readonly minAmount: string | null
  readonly maxAmount: string | null
  /** Of each payment and payout, with up to four decimals. */
  readonly fee: string
  readonly patchNumbering: PatchNumbering

  /** A payOut again under one mchOrderNo: nothing promises that it is safe. */
  readonly duplicatePayout: "pay-again" | "refuse"
  /** Of the next payout. `SUCCESS` moves the money at once, `FAIL` and `CANCEL` never, others with `finishPayout`. */
  readonly payoutStatus: string
  /** What there was before the first payment and payout; the ledger's moves change it. */
  readonly openingBalance: string

  /** Where webhooks go in place of the address in each order. */
  readonly notifyUrl: string | null
  readonly webhooksOn: boolean
  /** How often each webhook is sent. */
  readonly webhookCopies: number
  /** Takes the place of the true amount, under a signature that is right. */
  readonly webhookAmount: string | null
  /** Signs with a key that is not the merchant's. */
  readonly forgeWebhooks: boolean
  /** Leaves out orderType, patchOrderNo and patchMchOrderNo, as the vendor's first example does. */
  readonly bareWebhooks: boolean
}

export const defaultSettings: CashySettings = {
  ways: ["payDeskUrl", "payCode"],
  orderType: "API",
  duplicateOrder: "refuse",
  wholeAmounts: true,
  expiredStatus: "FAIL",
  minAmount: null,
  maxAmount: null,
  fee: "2.00",
  patchNumbering: "serial-in-mchOrderNo",
  duplicatePayout: "pay-again",
  payoutStatus: "PROCESSING",
  openingBalance: "10000000.00",
  notifyUrl: null,
  webhooksOn: true,
  webhookCopies: 1,
  webhookAmount: null,
  forgeWebhooks: false,
  bareWebhooks: false,
}
