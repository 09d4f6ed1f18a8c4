import type { AccessTokens } from "../shared/access-tokens"
import type { LedgerEntry } from "../shared/ledger"
import type { CommonOptions, CommonSandbox } from "../shared/sandbox"
import type { PaymentMoves } from "./operations"
import type { Money, MoveKind, Payments, PaymentzPayment } from "./payments"
import type { Payout, Payouts } from "./payouts"
import type { SavedCard, SavedCards } from "./saved-cards"
import type { Notifier, PaymentzCallbacks } from "./webhooks"

/** All that a restarted sandbox needs in order to know its payments again; plain JSON. */
export interface PaymentzMemory {
  readonly payments: readonly PaymentzPayment[]
  readonly savedCards: readonly SavedCard[]
  readonly payouts: readonly Payout[]
  readonly ledger: readonly LedgerEntry[]
}

export interface PaymentzSandboxOptions
  extends CommonOptions<PaymentzMemory>, Partial<PaymentzSettings>, Partial<PaymentzCredentials> {
  /** Before the first retry of a callback; doubled before each further one. Default 1000. */
  readonly callbackRetryDelayMs?: number
  /** How long a callback waits for its answer. Default 5000. */
  readonly callbackTimeoutMs?: number
  readonly randomId?: () => string
}

/** Orders are named by their merchantTransactionId; of several attempts the one that was paid, or the latest. */
export interface PaymentzSandbox extends CommonSandbox<PaymentzSettings, PaymentzCredentials> {
  /** The host's URL, without a slash at the end. */
  readonly url: string
  readonly payments: Pick<Payments, "all" | "attempts" | "best" | "get">
  readonly savedCards: Pick<SavedCards, "all">
  readonly payouts: Pick<Payouts, "all">
  readonly callbacks: PaymentzCallbacks
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
}

export interface PaymentzCredentials {
  readonly memberId: string
  /** Also the `sKey` that a token is asked for with. */
  readonly secureKey: string
  readonly partnerId: string
  readonly username: string
  /** The partner's name, a part of the hosted page's checksum. */
  readonly totype: string
  readonly terminalId: string
}

/** What the routes work on. */
export interface PaymentzContext {
  readonly credentials: PaymentzCredentials
  readonly settings: () => PaymentzSettings
  readonly now: () => number
  readonly tokens: AccessTokens
  readonly payments: Payments
  readonly moves: PaymentMoves
  readonly savedCards: SavedCards
  readonly payouts: Payouts
  readonly notifier: Notifier
  /** Where the shopper pays, declines or confirms. */
  readonly pageUrl: (payment: PaymentzPayment) => string
}

/** What a test can change while the sandbox runs. Where the vendor is silent, a setting gives each reading. */
export interface PaymentzSettings {
  /** Of tokens issued from now on. */
  readonly tokenLifeMs: number
  /** What the merchant's terminal takes; upper case. The first one is meant where a form names none. */
  readonly currencies: readonly string[]

  /** A second POST /payments under a merchantTransactionId that is in use. */
  readonly duplicateTransaction: "refuse" | "pay-again"
  /** Code of what a shopper, a bank or an issuer declines. */
  readonly declineCode: string
  /** How the `redirect` of an asynchronous answer is to be followed. */
  readonly redirectMethod: "GET" | "POST"
  /** What becomes of payments with a saved card; `pending` stays so until a test pays or declines it. */
  readonly savedCardPayment: "approve" | "decline" | "3d" | "pending"
  /** Recurring payments: "the connecting bank must support" them. */
  readonly bankSupportsRecurring: boolean

  /**
   * Of the next captures, refunds and reversals. The code of success moves the money at once and that of failure
   * never; any other is a move under way until `finishMove`.
   */
  readonly captureCode: string
  readonly refundCode: string
  readonly reverseCode: string
  /** Long status of the next payouts. */
  readonly payoutStatus: "payoutsuccessful" | "payoutstarted" | "payoutfailed"
  /** Whether inquiries tell of payouts; where not, the list of transactions alone does. */
  readonly inquiryTellsPayouts: boolean

  /** Where callbacks go in place of the notificationUrl that came with each payment. */
  readonly callbackUrl: string | null
  readonly callbacksOn: boolean
  /** Captures, refunds and reversals are told of too. */
  readonly callbacksOfMoves: boolean
  /** How often each callback is sent. */
  readonly callbackCopies: number
  /** Takes the place of the true amount, under a checksum that is right. */
  readonly callbackAmount: string | null
  /** Signs callbacks in place of the merchant's key, as while a change of keys goes round. */
  readonly callbackKey: string | null
  /** Signs with a key that is not the merchant's. */
  readonly forgeCallbacks: boolean
  /** Signs callbacks of the status C with the word `null` in place of the key, and names no paymentId. */
  readonly nullKey: boolean
}

export const defaultSettings: PaymentzSettings = {
  tokenLifeMs: 60 * 60 * 1000,
  currencies: ["USD", "EUR", "GBP", "INR", "PHP", "JPY", "KWD"],
  duplicateTransaction: "refuse",
  declineCode: "11005",
  redirectMethod: "GET",
  savedCardPayment: "approve",
  bankSupportsRecurring: true,
  captureCode: "00004",
  refundCode: "00005",
  reverseCode: "00006",
  payoutStatus: "payoutsuccessful",
  inquiryTellsPayouts: true,
  callbackUrl: null,
  callbacksOn: true,
  callbacksOfMoves: false,
  callbackCopies: 1,
  callbackAmount: null,
  callbackKey: null,
  forgeCallbacks: false,
  nullKey: false,
}
