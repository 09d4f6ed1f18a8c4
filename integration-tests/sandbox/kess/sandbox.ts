import type { CallLog } from "../shared/call-log"
import type { Faults } from "../shared/faults"
import type { Ledger, LedgerEntry } from "../shared/ledger"
import type { KessCredentials } from "./context"
import type { KessOrder, Orders, OtherMoney } from "./orders"
import type { KessPaths } from "./paths"
import type { KessRefund } from "./refunds"
import type { KessSettings } from "./settings"

/** All that a restarted sandbox needs in order to know its orders again; plain JSON. */
export interface KessMemory {
  readonly orders: readonly KessOrder[]
  readonly ledger: readonly LedgerEntry[]
}

export interface KessSandboxOptions extends Partial<KessSettings> {
  /** 0, the default, for any free port. */
  readonly port?: number
  readonly user?: string
  readonly password?: string
  readonly storeId?: string
  readonly paths?: Partial<KessPaths>
  readonly now?: () => number
  readonly randomId?: () => string
  /** What an earlier sandbox remembered last. */
  readonly memory?: KessMemory
  /** Told what to remember, after every change of an order. */
  readonly onMemory?: (memory: KessMemory) => void
}

export interface KessSandbox {
  /** The API's base URL, without a slash at the end. */
  readonly url: string
  /** Where the text of a QR can be pasted. */
  readonly walletUrl: string
  readonly credentials: KessCredentials
  readonly paths: KessPaths
  readonly ledger: Pick<Ledger, "entries">
  readonly orders: Pick<Orders, "all" | "get">
  readonly faults: Faults
  readonly calls: CallLog
  set(change: Partial<KessSettings>): void
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
  close(): Promise<void>
}
