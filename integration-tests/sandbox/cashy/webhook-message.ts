import type { WebhookMessage } from "../shared/webhook-sender"
import { Digits, jsonText, type JsonField } from "./json-text"
import { sign } from "./signature"

/** What a webhook tells; of a payout the fields that only orders have are left out. */
export interface CashyEvent {
  readonly mchOrderNo: string
  readonly orderNo: string
  /** Written on the wire as the number it stands for, digit by digit. */
  readonly amount: string
  readonly orderStatus: string
  readonly notifyUrl: string
  readonly completionTime?: string
  readonly payType?: string
  readonly payCode?: string
  readonly payUrl?: string
  readonly payDeskUrl?: string
  readonly orderType?: string
  readonly patchOrderNo?: string
  readonly patchMchOrderNo?: string
}

export interface MessageOptions {
  readonly merchantId: string
  readonly apiKey: string
  /** Written as a number with four decimals. */
  readonly fee: string
  readonly nonceStr: string
}

/**
 * Cashy, Webhook, "Webhook Request Example": the fields in the order of the alphabet, the numbers with zeros at their
 * end (`20000.00`, `2500.0000`), so that a text made from the parsed JSON has another signature.
 */
export function webhookMessage(event: CashyEvent, options: MessageOptions): WebhookMessage {
  const { notifyUrl, amount, ...texts } = event
  const { merchantId, apiKey, fee, nonceStr } = options
  const fields: Record<string, JsonField | undefined> = {
    ...texts,
    amount: new Digits(amount),
    fee: new Digits(withFourDecimals(fee)),
    merchantId,
    nonceStr,
  }
  const body = jsonText(
    Object.fromEntries(
      Object.entries(fields)
        .flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
        .sort(([name], [other]) => (name < other ? -1 : 1))
    )
  )
  return {
    reference: event.mchOrderNo,
    notifyUrl,
    headers: {
      "content-type": "application/json",
      MerchantId: merchantId,
      Sign: sign(body, apiKey),
    },
    body,
  }
}

function withFourDecimals(fee: string): string {
  const [whole = "", decimals = ""] = fee.split(".")
  return `${whole}.${decimals.padEnd(4, "0")}`
}
