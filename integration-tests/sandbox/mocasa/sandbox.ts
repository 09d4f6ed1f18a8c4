import type { AccessTokens } from "../shared/access-tokens"
import type { LedgerEntry } from "../shared/ledger"
import type { CommonOptions, CommonSandbox } from "../shared/sandbox"
import type { MocasaOrder, MocasaRefund, Orders } from "./orders"
import type { Payouts, Transfer } from "./payouts"
import type { FinalOutcome, SignatureEncoding } from "./protocol"
import type { MocasaWebhooks, Notifier } from "./webhooks"

/** All that a restarted sandbox needs in order to know its orders again; plain JSON. */
export interface MocasaMemory {
  readonly orders: readonly MocasaOrder[]
  readonly ledger: readonly LedgerEntry[]
}

export interface MocasaSandboxOptions extends CommonOptions<MocasaMemory>, Partial<MocasaSettings> {
  readonly clientKey?: string
  readonly clientSecret?: string
  readonly webhookSecret?: string
  /** Before the first retry of a webhook; doubled before each further one. Default 1000. */
  readonly webhookRetryDelayMs?: number
  /** How long a webhook waits for its answer. Default 5000. */
  readonly webhookTimeoutMs?: number
  readonly randomId?: () => string
}

export interface MocasaSandbox extends CommonSandbox<MocasaSettings, MocasaCredentials> {
  readonly orders: Pick<Orders, "all" | "get">
  readonly payouts: Pick<Payouts, "all">
  readonly webhooks: MocasaWebhooks
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
}

export interface MocasaCredentials {
  readonly clientKey: string
  readonly clientSecret: string
  /** What webhooks are signed with. Assumption: the clientSecret, where the vendor only says "your secret". */
  readonly webhookSecret: string
}

/** What the routes work on. */
export interface MocasaContext {
  readonly credentials: MocasaCredentials
  readonly settings: () => MocasaSettings
  readonly tokens: AccessTokens
  readonly orders: Orders
  readonly payouts: Payouts
  readonly notifier: Notifier
  readonly paymentLink: (order: MocasaOrder) => string
}

/** What a test can change while the sandbox runs. Where the vendor is silent, a setting gives each reading. */
export interface MocasaSettings {
  /** Of tokens issued from now on. */
  readonly tokenLifeMs: number
  /** Whether a token that is issued ends those that were issued before. Mocasa's page says nothing of it. */
  readonly newTokenEndsOthers: boolean

  /** What creating an order again, with the same fields, is answered with. Other fields are always refused. */
  readonly duplicateOrder: "refuse" | "same-link"
  /** `txStatus` of a query before the shopper has paid or declined; `null` leaves it out. */
  readonly unpaidTxStatus: string | null
  /**
   * Of the next refund. `success` moves the money at once and `failed` never; any other word is a refund in progress
   * until `finishRefund`.
   */
  readonly refundStatus: string

  /** Initiating a transfer again under one serial number: nothing promises that it is safe. */
  readonly duplicateTransfer: "pay-again" | "refuse"
  /** Of the next transfer; the words mean what they mean for `refundStatus`. */
  readonly transferStatus: string
  /** Of the next beneficiary; transfers go only to one whose status is `success`. */
  readonly beneficiaryStatus: string

  /** As typed into Mocasa's dashboard. Setting it switches the webhook on again. */
  readonly webhookUrl: string | null
  readonly webhooksOn: boolean
  readonly webhookEncoding: "json" | "form"
  readonly signatureEncoding: SignatureEncoding
  /** How often each webhook is sent. */
  readonly webhookCopies: number
  /** Takes the place of the true amount, which the signature allows. */
  readonly webhookAmount: number | null
  /** Signs with a secret that is not the merchant's. */
  readonly forgeWebhooks: boolean
}

export const defaultSettings: MocasaSettings = {
  tokenLifeMs: 60 * 60 * 1000,
  newTokenEndsOthers: false,
  duplicateOrder: "refuse",
  unpaidTxStatus: null,
  refundStatus: "success",
  duplicateTransfer: "pay-again",
  transferStatus: "success",
  beneficiaryStatus: "success",
  webhookUrl: null,
  webhooksOn: true,
  webhookEncoding: "json",
  signatureEncoding: "base64",
  webhookCopies: 1,
  webhookAmount: null,
  forgeWebhooks: false,
}
