import { PaymentzClient } from "../../gateways/paymentz/client"
import { findPayout, type FoundPayout, payOut } from "../../gateways/paymentz/payouts"
import { inquire } from "../../gateways/paymentz/payments"
import { paymentzGateway } from "../../gateways/paymentz/messages"
import { answerWords } from "../../gateways/paymentz/errors"
import { readWebhook, type PaymentzWebhookTrust } from "../../gateways/paymentz/webhook"
import { decimal } from "../../gateways/shared/money"
import type { WebhookMessage, WebhookReading } from "../../gateways/shared/webhook"
import type {
  NewPayoutBeneficiary,
  PayoutBeneficiaryResult,
  PayoutCapabilities,
  PayoutOrder,
  PayoutReport,
  PayoutResult,
} from "../../modules/payout/provider"
import { looksLikeCardData } from "../../providers/base/card-data"
import { paymentzSetUp, webhookTrust } from "../../providers/paymentz/options"
import type { OwnAddresses } from "../../shared/provider-address"
import { GatewayPayoutProvider, type AskedTransfer } from "../base/gateway-payout-provider"
import type { PayoutCradle } from "../base/payout-cradle"
import { payoutOptionsOf, type PayoutDefinition } from "../base/payout-definition"
import { payoutHttp } from "../base/payout-http"
import { capabilitiesFor } from "./capabilities"
import { standingOf } from "./earlier-payment"
import { madeOn } from "./made-on"
import { paymentzPayoutOptions, type PaymentzPayoutOptions } from "./options"

const paymentzPayouts: PayoutDefinition<PaymentzPayoutOptions> = {
  identifier: "paymentz",
  title: paymentzGateway,
  options: paymentzPayoutOptions,
}

const cardRefused =
  "payment_id looks like the number of a card, which must not pass through a shop: give the gateway's number " +
  "of an earlier payment"

/** Payouts to whoever paid before, by the card of that payment, through a brand of the Paymentz platform. */
export class PaymentzPayoutProvider extends GatewayPayoutProvider {
  static override identifier = paymentzPayouts.identifier
  static override ownAddresses: OwnAddresses = { notificationUrl: "payout webhook" }

  static override validateOptions(options: Record<string, unknown>): void {
    payoutOptionsOf(paymentzPayouts, options)
  }

  readonly title = paymentzPayouts.title
  readonly capabilities: PayoutCapabilities
  protected readonly setUp = paymentzSetUp
  protected readonly whereToLook =
    "The payment could not be asked about: add the beneficiary once more, or look in the gateway's back " +
    "office and decide here"

  readonly #client: PaymentzClient
  readonly #trust: PaymentzWebhookTrust
  readonly #options: PaymentzPayoutOptions

  constructor(cradle: PayoutCradle, options: Record<string, unknown>) {
    super()
    const parsed = payoutOptionsOf(paymentzPayouts, options)
    const { baseUrl, timeoutMs } = parsed
    const http = payoutHttp(cradle, {
      gateway: paymentzGateway,
      baseUrl,
      timeoutMs,
      errorWords: answerWords,
    })
    this.capabilities = capabilitiesFor(parsed)
    this.#client = new PaymentzClient(http, parsed)
    this.#trust = webhookTrust(parsed)
    this.#options = parsed
  }

  /** Moves nothing: the payment that is named has to be there, and to be paid. */
  protected async register({ account }: NewPayoutBeneficiary): Promise<PayoutBeneficiaryResult> {
    const paymentId = account.payment_id?.trim() ?? ""
    if (looksLikeCardData(account)) {
      return { status: "rejected", message: cardRefused }
    }
    const payment = await inquire(this.#client, { paymentId }, this.#options.inquiryPath)
    return standingOf(paymentId, payment)
  }

  protected async send(order: PayoutOrder): Promise<PayoutResult> {
    if (looksLikeCardData(order.account)) {
      return { outcome: "failed", message: cardRefused }
    }
    const { merchantEmail, notificationUrl } = this.#options
    const payout = await payOut(this.#client, {
      reference: order.reference,
      amount: order.amount,
      currency: order.currencyCode,
      paymentId: order.account.payment_id ?? "",
      merchantEmail,
      notificationUrl,
    })
    const { state, word, code, message, paymentId, amount, currency } = payout
    return {
      outcome: state,
      gatewayId: paymentId,
      code: word ?? code,
      message,
      amount,
      currencyCode: currency,
    }
  }

  protected async ask(order: AskedTransfer): Promise<PayoutReport> {
    const found = await findPayout(this.#client, {
      reference: order.reference,
      amount: decimal(order.amount),
      paymentId: order.gatewayId ?? undefined,
      inquiryPath: this.#options.inquiryPath,
      openedOn: madeOn(order.reference),
      now: new Date(),
    })
    return report(found)
  }

  parseWebhook(message: WebhookMessage): WebhookReading {
    return readWebhook(message, this.#trust)
  }
}

function report({ state, paymentId, word, message, amount, currency }: FoundPayout): PayoutReport {
  return {
    outcome: state,
    gatewayId: paymentId,
    code: word,
    message,
    amount,
    currencyCode: currency,
  }
}
