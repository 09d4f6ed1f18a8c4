import type { CallLog } from "../shared/call-log"
import type { Faults } from "../shared/faults"
import type { Ledger, LedgerEntry } from "../shared/ledger"
import type { CashyCredentials } from "./context"
import type { CashyWebhooks } from "./notifier"
import type { CashyOrder, NewOrder } from "./order"
import type { Orders } from "./orders"
import type { CashyPayout, Payouts } from "./payouts"
import type { CashySettings } from "./settings"

/** All that a restarted sandbox needs in order to know its orders again; plain JSON. */
export interface CashyMemory {
  readonly orders: readonly CashyOrder[]
  readonly payouts: readonly CashyPayout[]
  readonly ledger: readonly LedgerEntry[]
}

export interface CashySandboxOptions extends Partial<CashySettings> {
  /** 0, the default, for any free port. */
  readonly port?: number
  readonly merchantId?: string
  readonly apiKey?: string
  readonly webhookKey?: string
  /** Before the first retry of a webhook; doubled before each further one. Default 60000, as the vendor's is. */
  readonly webhookRetryDelayMs?: number
  /** How long a webhook waits for its answer. Default 5000. */
  readonly webhookTimeoutMs?: number
  readonly now?: () => number
  readonly randomDigits?: (count: number) => string
  /** What an earlier sandbox remembered last. */
  readonly memory?: CashyMemory
  /** Told what to remember, after every change of an order or a payout. */
  readonly onMemory?: (memory: CashyMemory) => void
}

export interface CashySandbox {
  /** The API's base URL, without a slash at the end. */
  readonly url: string
  readonly credentials: CashyCredentials
  readonly ledger: Pick<Ledger, "entries">
  readonly orders: Pick<Orders, "all" | "get">
  readonly payouts: Pick<Payouts, "all" | "get">
  readonly faults: Faults
  readonly calls: CallLog
  readonly webhooks: CashyWebhooks
  set(change: Partial<CashySettings>): void

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
  close(): Promise<void>
}
