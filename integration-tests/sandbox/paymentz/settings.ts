/** What a test can change while the sandbox runs. Where the vendor is silent, a setting gives each reading. */
export interface PaymentzSettings {
  /** Of tokens issued from now on. */
  readonly tokenLifeMs: number
  /** What the merchant's terminal takes; upper case. The first one is meant where a form names none. */
  readonly currencies: readonly string[]

  /** A second POST /payments under a merchantTransactionId that is in use. */
  readonly duplicateTransaction: "refuse" | "pay-again"
  /** Which attempt an inquiry by MID tells of, where there are several. */
  readonly midInquiry: "paid-first" | "latest"
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
  /** The overview refunds "a previously settled transaction", the API also a captured one. */
  readonly refundNeedsSettlement: boolean
  /** Long status of the next payouts. */
  readonly payoutStatus: "payoutsuccessful" | "payoutstarted" | "payoutfailed"
  /** After how many milliseconds a payout under way succeeds by itself; `null` for never. */
  readonly payoutEndsAfterMs: number | null
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
  /** The names of what the shopper's browser brings back. */
  readonly returnFields: "current" | "older"
}

export const defaultSettings: PaymentzSettings = {
  tokenLifeMs: 60 * 60 * 1000,
  currencies: ["USD", "EUR", "GBP", "INR", "PHP", "JPY", "KWD"],
  duplicateTransaction: "refuse",
  midInquiry: "paid-first",
  declineCode: "11005",
  redirectMethod: "GET",
  savedCardPayment: "approve",
  bankSupportsRecurring: true,
  captureCode: "00004",
  refundCode: "00005",
  reverseCode: "00006",
  refundNeedsSettlement: false,
  payoutStatus: "payoutsuccessful",
  payoutEndsAfterMs: null,
  inquiryTellsPayouts: true,
  callbackUrl: null,
  callbacksOn: true,
  callbacksOfMoves: false,
  callbackCopies: 1,
  callbackAmount: null,
  callbackKey: null,
  forgeCallbacks: false,
  nullKey: false,
  returnFields: "current",
}
