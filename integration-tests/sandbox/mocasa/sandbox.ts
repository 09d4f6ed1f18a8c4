import type { CallLog } from "../shared/call-log"
import type { Faults } from "../shared/faults"
import type { Ledger, LedgerEntry } from "../shared/ledger"
import type { MocasaCredentials } from "./context"
import type { MocasaWebhooks } from "./notifier"
import type { MocasaOrder, MocasaRefund, Orders } from "./orders"
import type { FinalOutcome } from "./outcome"
import type { Payouts, Transfer } from "./payouts"
import type { MocasaSettings } from "./settings"

/** All that a restarted sandbox needs in order to know its orders again; plain JSON. */
export interface MocasaMemory {
  readonly orders: readonly MocasaOrder[]
  readonly ledger: readonly LedgerEntry[]
}

export interface MocasaSandboxOptions extends Partial<MocasaSettings> {
  /** 0, the default, for any free port. */
  readonly port?: number
  readonly clientKey?: string
  readonly clientSecret?: string
  readonly webhookSecret?: string
  /** Before the first retry of a webhook; doubled before each further one. Default 1000. */
  readonly webhookRetryDelayMs?: number
  /** How long a webhook waits for its answer. Default 5000. */
  readonly webhookTimeoutMs?: number
  readonly now?: () => number
  readonly randomId?: () => string
  /** What an earlier sandbox remembered last. */
  readonly memory?: MocasaMemory
  /** Told what to remember, after every change of an order. */
  readonly onMemory?: (memory: MocasaMemory) => void
}

export interface MocasaSandbox {
  /** The API's base URL, without a slash at the end. */
  readonly url: string
  readonly credentials: MocasaCredentials
  readonly ledger: Pick<Ledger, "entries">
  readonly orders: Pick<Orders, "all" | "get">
  readonly payouts: Pick<Payouts, "transfers">
  readonly faults: Faults
  readonly calls: CallLog
  readonly webhooks: MocasaWebhooks
  set(change: Partial<MocasaSettings>): void
  /** As the shopper does on the payment page. @throws {Error} for an order that does not exist. */
  pay(orderNo: string): MocasaOrder
  decline(orderNo: string): MocasaOrder
  /** The money goes to the merchant: from now on the order can't be refunded. */
  settle(orderNo: string): MocasaOrder
  finishRefund(orderNo: string, refundStatus: FinalOutcome): MocasaRefund
  finishTransfer(transferSerialNo: string, txStatus: FinalOutcome): Transfer
  /** The money of a transfer that succeeded comes back. */
  giveBack(transferSerialNo: string): Transfer
  /** Sends the webhook of what the shopper did last once more. */
  resendWebhook(orderNo: string): void
  revokeTokens(): void
  close(): Promise<void>
}
