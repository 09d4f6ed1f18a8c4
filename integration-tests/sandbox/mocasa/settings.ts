import type { ExpireTimeReading } from "./access-tokens"
import type { SignatureEncoding } from "./signature"

/** What a test can change while the sandbox runs. Where the vendor is silent, a setting gives each reading. */
export interface MocasaSettings {
  /** Of tokens issued from now on. */
  readonly tokenLifeMs: number
  readonly expireTime: ExpireTimeReading

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
  /** After how many milliseconds a transfer in progress succeeds by itself; `null` for never. */
  readonly transferEndsAfterMs: number | null
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
  expireTime: "epoch-ms",
  duplicateOrder: "refuse",
  unpaidTxStatus: null,
  refundStatus: "success",
  duplicateTransfer: "pay-again",
  transferStatus: "success",
  transferEndsAfterMs: null,
  beneficiaryStatus: "success",
  webhookUrl: null,
  webhooksOn: true,
  webhookEncoding: "json",
  signatureEncoding: "base64",
  webhookCopies: 1,
  webhookAmount: null,
  forgeWebhooks: false,
}
