import type { CallLog } from "../shared/call-log"
import type { Faults } from "../shared/faults"
import type { Ledger, LedgerEntry } from "../shared/ledger"
import type { PaymentzCredentials } from "./context"
import type { PaymentzCallbacks } from "./notifier"
import type { Money, MoveKind, PaymentzPayment } from "./payment"
import type { Payments } from "./payments"
import type { Payout, Payouts } from "./payouts"
import type { SavedCard, SavedCards } from "./saved-cards"
import type { PaymentzSettings } from "./settings"

/** All that a restarted sandbox needs in order to know its payments again; plain JSON. */
export interface PaymentzMemory {
  readonly payments: readonly PaymentzPayment[]
  readonly savedCards: readonly SavedCard[]
  readonly payouts: readonly Payout[]
  readonly ledger: readonly LedgerEntry[]
}

export interface PaymentzSandboxOptions
  extends Partial<PaymentzSettings>, Partial<PaymentzCredentials> {
  /** 0, the default, for any free port. */
  readonly port?: number
  /** Before the first retry of a callback; doubled before each further one. Default 1000. */
  readonly callbackRetryDelayMs?: number
  /** How long a callback waits for its answer. Default 5000. */
  readonly callbackTimeoutMs?: number
  readonly now?: () => number
  readonly randomId?: () => string
  /** What an earlier sandbox remembered last. */
  readonly memory?: PaymentzMemory | undefined
  /** Told what to remember, after every change. */
  readonly onMemory?: (memory: PaymentzMemory) => void
}

/** Orders are named by their merchantTransactionId; of several attempts the one that was paid, or the latest. */
export interface PaymentzSandbox {
  /** The host's URL, without a slash at the end. */
  readonly url: string
  readonly credentials: PaymentzCredentials
  readonly ledger: Pick<Ledger, "entries">
  readonly payments: Pick<Payments, "all" | "attempts" | "best" | "get">
  readonly savedCards: Pick<SavedCards, "all">
  readonly payouts: Pick<Payouts, "all">
  readonly faults: Faults
  readonly calls: CallLog
  readonly callbacks: PaymentzCallbacks
  set(change: Partial<PaymentzSettings>): void
  /** A payment of a day before; nobody is told of it. Amounts as on the wire, currencies in capitals. */
  addPaid(merchantTransactionId: string, money: Money): PaymentzPayment
  /** As the shopper does on the page, again from the start where an attempt failed. @throws {Error} for an unknown one. */
  pay(merchantTransactionId: string, money?: Money): PaymentzPayment
  /** The shopper pays once more, in another tab that showed the page before the first payment: a payment of its own. */
  payAgain(merchantTransactionId: string): PaymentzPayment
  decline(merchantTransactionId: string): PaymentzPayment
  cancel(merchantTransactionId: string): PaymentzPayment
  /** The payment says this word from now on, and money has moved if the word says so. No callback is sent. */
  say(merchantTransactionId: string, word: string | null): PaymentzPayment
  settle(merchantTransactionId: string): PaymentzPayment
  /** As the merchant's staff does in the back office. */
  refund(merchantTransactionId: string, amount: string): PaymentzPayment
  /** Tells the merchant too. */
  chargeback(merchantTransactionId: string): PaymentzPayment
  /** The same of one of several payments under one merchantTransactionId. */
  chargebackOf(paymentId: string): PaymentzPayment
  /** Ends a capture, a refund or a reversal that is under way. */
  finishMove(merchantTransactionId: string, kind: MoveKind, end: "made" | "failed"): PaymentzPayment
  finishPayout(merchantTransactionId: string, end: "payoutsuccessful" | "payoutfailed"): Payout
  /** The money of a payout that succeeded comes back. */
  giveBack(merchantTransactionId: string): Payout
  /** Saves the stand-in's card for a customer, as a payment with the box ticked does. */
  saveCard(customer: Partial<SavedCard["customer"]>): SavedCard
  /** Sends a callback of what the payment says now. */
  resendCallback(merchantTransactionId: string): void
  revokeTokens(): void
  close(): Promise<void>
}
