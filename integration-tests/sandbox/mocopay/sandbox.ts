import type { CallLog } from "../shared/call-log"
import type { Faults } from "../shared/faults"
import type { Ledger, LedgerEntry } from "../shared/ledger"
import type { MocopayCredentials } from "./context"
import type { MocopayNotifications } from "./notifier"
import type { MocopayPayment, Money, Transaction } from "./payment"
import type { Payments } from "./payments"
import type { ProductInput } from "./product"
import type { MocopaySettings } from "./settings"

/** All that a restarted sandbox needs in order to know its payments again; plain JSON. */
export interface MocopayMemory {
  readonly payments: readonly MocopayPayment[]
  readonly ledger: readonly LedgerEntry[]
}

export interface MocopaySandboxOptions extends Partial<MocopaySettings> {
  /** 0, the default, for any free port. */
  readonly port?: number
  readonly apiKey?: string
  readonly secret?: string
  readonly products?: readonly ProductInput[]
  /** Before the first retry of a notification; doubled before each further one. Default 1000. */
  readonly notificationRetryDelayMs?: number
  /** How long a notification waits for its answer. Default 5000. */
  readonly notificationTimeoutMs?: number
  readonly now?: () => number
  readonly randomId?: () => string
  /** What an earlier sandbox remembered last. */
  readonly memory?: MocopayMemory
  /** Told what to remember, after every change of a payment. */
  readonly onMemory?: (memory: MocopayMemory) => void
}

/** A `reference` is the merchant's `referenceId`, or the `requestId` where initPayment named none. */
export interface MocopaySandbox {
  /** Of the host, without a slash at the end; the calls are under `/v1/payment`. */
  readonly url: string
  readonly credentials: MocopayCredentials
  readonly ledger: Pick<Ledger, "entries">
  readonly payments: Pick<Payments, "all" | "get">
  readonly faults: Faults
  readonly calls: CallLog
  readonly notifications: MocopayNotifications
  set(change: Partial<MocopaySettings>): void
  /** As the shopper does on the payment page; `money` is charged in place of what is owed. */
  pay(reference: string, money?: Money): MocopayPayment
  /** One of the several transactions in which a high price is billed. */
  payPart(reference: string, amount: string): MocopayPayment
  /** The operator agreed and nothing was charged: `Authorized`, with every amount at 0. */
  authorize(reference: string): MocopayPayment
  decline(reference: string): MocopayPayment
  /** The operator could not charge. */
  fail(reference: string): MocopayPayment
  /** A further series of a subscription that was paid for. */
  chargeSeries(reference: string, outcome?: Transaction["outcome"]): MocopayPayment
  /** The session has this status from now on, and no money moves. */
  say(reference: string, status: string): MocopayPayment
  /** The page of the payment does not open any more. */
  closeLink(reference: string): MocopayPayment
  /** Sends the session's notification once more, also while notifications are off. */
  resendNotification(reference: string): void
  close(): Promise<void>
}
