import type { AccessTokens } from "../shared/access-tokens"
import type { LedgerEntry } from "../shared/ledger"
import type { CommonOptions, CommonSandbox } from "../shared/sandbox"
import type { CodePayments, OnScan } from "./code-payments"
import type { KessOrder, KessPaths, Orders, OtherMoney } from "./orders"
import type { KessRefund, Refunds } from "./refunds"

/** All that a restarted sandbox needs in order to know its orders again; plain JSON. */
export interface KessMemory {
  readonly orders: readonly KessOrder[]
  readonly ledger: readonly LedgerEntry[]
}

export interface KessSandboxOptions extends CommonOptions<KessMemory>, Partial<KessSettings> {
  readonly user?: string
  readonly password?: string
  readonly storeId?: string
  readonly paths?: Partial<KessPaths>
  readonly randomId?: () => string
}

export interface KessSandbox extends CommonSandbox<KessSettings, KessCredentials> {
  /** Where the text of a QR can be pasted. */
  readonly walletUrl: string
  readonly paths: KessPaths
  readonly orders: Pick<Orders, "all" | "get">
  /** As the buyer does in the wallet, also with other money than was asked for. @throws {Error} for an unknown order. */
  pay(outTradeNo: string, money?: OtherMoney): KessOrder
  /** @throws {Error} for an unknown order. */
  decline(outTradeNo: string): KessOrder
  /** Ends the refund that is in progress. @throws {Error} where none is. */
  finishRefund(outTradeNo: string, end: "made" | "failed"): KessRefund
  /** Has a refund that was made fail, as a closed bank account does days later. @throws {Error} where it was not made. */
  failRefundLate(outRefundNo: string): KessRefund
  /** No token issued so far is taken any more. */
  revokeTokens(): void
}

/** What the merchant has from KESS. */
export interface KessCredentials {
  readonly user: string
  readonly password: string
  readonly storeId: string
}

/** What the routes work on. */
export interface KessContext {
  readonly credentials: KessCredentials
  readonly paths: KessPaths
  readonly settings: () => KessSettings
  readonly tokens: AccessTokens
  readonly orders: Orders
  readonly refunds: Refunds
  readonly codePayments: CodePayments
}

/** What a test can change while the sandbox runs. Where the vendor is silent, a setting gives each reading. */
export interface KessSettings {
  /** Of tokens issued from now on. KESS, Get API Token: "This token will expire in a minute". */
  readonly tokenLifeMs: number
  /** Of the orders made from now on: it is set in KESS's back office, no request names it. */
  readonly currency: "USD" | "KHR"

  /** HTTP status of a refusal by the business. */
  readonly refusalStatus: number

  /** What a payment under a number in use, with the same fields, is answered with. Other fields are always refused. */
  readonly duplicateOrder: "refuse" | "same-order"
  /** What a check of an order that was not paid is: a reply that says so, or a failure. */
  readonly unpaidCheck: "not-successful" | "failure"
  /** `message` of that check; `null` leaves it out. */
  readonly unpaidMessage: string | null
  /** Whether amounts in replies hold the fee that the buyer pays on top. */
  readonly amountsIncludeFee: boolean

  /** What the buyer does whose code was scanned (quick and JSAPI pay). */
  readonly onScan: OnScan
  /** How long such a call waits for it before it is answered without a result, in milliseconds. */
  readonly holdMs: number
  /** Nothing promises that a code is good for one payment only. */
  readonly usedCode: "take" | "refuse"

  /**
   * `result_code` of the next refund. `SUCCESS` moves the money at once and `FAIL` never; any other word is a refund in
   * progress until `finishRefund`.
   */
  readonly refundResultCode: string
  /** What a refund under a number in use, for the same order and amount, is answered with. */
  readonly duplicateRefund: "same-refund" | "refuse"
}

export const defaultSettings: KessSettings = {
  tokenLifeMs: 60 * 1000,
  currency: "USD",
  refusalStatus: 200,
  duplicateOrder: "refuse",
  unpaidCheck: "not-successful",
  unpaidMessage: "Payment Pending!",
  amountsIncludeFee: false,
  onScan: "pays",
  // KESS, Quick Pay: "advised timeout time is 45s".
  holdMs: 45 * 1000,
  usedCode: "take",
  refundResultCode: "SUCCESS",
  duplicateRefund: "same-refund",
}
