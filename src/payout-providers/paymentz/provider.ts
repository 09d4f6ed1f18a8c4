import { PaymentzClient, wireDecimals } from "../../gateways/paymentz/client"
import { readGatewayError } from "../../gateways/paymentz/errors"
import { paymentzGateway } from "../../gateways/paymentz/messages"
import { inquire, type PaymentzPayment } from "../../gateways/paymentz/payments"
import { findPayout, type FoundPayout, payOut } from "../../gateways/paymentz/payouts"
import { transactionStage, type TransactionStage } from "../../gateways/paymentz/statuses"
import { type PaymentzWebhookTrust, readWebhook } from "../../gateways/paymentz/webhook"
import { decimal } from "../../gateways/shared/money"
import { sharedTokens } from "../../gateways/shared/access-token"
import type { WebhookMessage, WebhookReport } from "../../gateways/shared/webhook"
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
import {
  type AskedTransfer,
  GatewayPayoutProvider,
  leaseFor,
  type PayoutCradle,
  type PayoutDefinition,
  payoutHttp,
  payoutOptionsOf,
} from "../base/provider"
import { type PaymentzPayoutOptions, paymentzPayoutOptions } from "./options"

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
    const http = payoutHttp(cradle, parsed, { gateway: paymentzGateway, readGatewayError })
    this.capabilities = capabilitiesFor(parsed)
    this.#client = new PaymentzClient(http, parsed, undefined, sharedTokens)
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
    return beneficiaryOf(paymentId, payment)
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
    const { state, rawStatus, code, message, paymentId, amount, currency } = payout
    return {
      outcome: state,
      gatewayId: paymentId,
      code: rawStatus ?? code,
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

  parseWebhook(message: WebhookMessage): WebhookReport {
    return readWebhook(message, this.#trust)
  }
}

function report({
  state,
  paymentId,
  rawStatus,
  message,
  amount,
  currency,
}: FoundPayout): PayoutReport {
  return {
    outcome: state,
    gatewayId: paymentId,
    code: rawStatus,
    message,
    amount,
    currencyCode: currency,
  }
}

/** The old token renewed or a new one fetched, and the call; all once more where the token is not accepted. */
const callsPerTransfer = 6

function capabilitiesFor({
  currencies,
  timeoutMs,
}: Pick<PaymentzPayoutOptions, "currencies" | "timeoutMs">): PayoutCapabilities {
  return {
    currencies: Object.fromEntries(
      Object.entries(currencies).map(([code, decimals]) => [code, Math.min(decimals, wireDecimals)])
    ),
    // The vendor does not say what becomes of a merchantTransactionId that is sent twice.
    idempotentReference: false,
    webhooks: "signed",
    contactFields: [{ name: "name", title: "Name of the payee", required: true }],
    accountFields: [
      {
        name: "payment_id",
        title: "Number of an earlier payment",
        required: true,
        // As long as a card's number, whatever its groups, it is none of the gateway's.
        pattern: /^(?!(?:\d-*){13,19}$)[\w-]{1,64}$/,
        hint: "the gateway's number of a payment that this payee made in your shop, never a card's",
      },
    ],
    identityFields: [],
    tellsBalance: false,
    leaseMs: leaseFor(timeoutMs, callsPerTransfer),
  }
}

type BeneficiaryStatus = "active" | "pending" | "rejected"

/**
 * What the status of an earlier payment makes of a beneficiary. Its kind is not told by the answer, so that a short
 * status counts as that of a reservation, which is the safe reading: a person decides.
 */
export function beneficiaryStatus(rawStatus: string | undefined): BeneficiaryStatus {
  return statuses[transactionStage(rawStatus, "PA")]
}

/** Whether whoever made a payment at that stage can be paid back to: only what was captured or settled. */
const statuses: Readonly<Record<TransactionStage, BeneficiaryStatus>> = {
  captured: "active",
  open: "pending",
  moving: "pending",
  approved: "pending", // not known to be captured
  reserved: "pending",
  capture_failed: "rejected",
  failed: "rejected",
  canceled: "rejected",
  reversed: "rejected",
  charged_back: "rejected",
}

const sentences: Readonly<Record<BeneficiaryStatus, string | undefined>> = {
  active: undefined,
  pending: "that payment is not paid yet: add the beneficiary once more when it is, or decide here",
  rejected: "that payment was not paid, or its money went back",
}

/** What an earlier payment makes of a beneficiary. */
function beneficiaryOf(
  paymentId: string,
  payment: PaymentzPayment | undefined
): PayoutBeneficiaryResult {
  if (!payment) {
    return { status: "rejected", message: "the gateway has no record of that payment" }
  }
  const { rawStatus, message } = payment
  if (payment.paymentId !== paymentId) {
    return { status: "pending", code: rawStatus, message: "the gateway told of another payment" }
  }
  const account = { payment_id: paymentId }
  const status = beneficiaryStatus(rawStatus)
  const gatewayError = { code: rawStatus, message: sentences[status] ?? message }
  return status === "rejected"
    ? { status: "rejected", ...gatewayError }
    : { status, account, ...gatewayError }
}

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
const timeLength = 10

/**
 * The day on which a transfer was made, such as `2030-01-31`, by the ULID in its reference, whose first ten
 * characters are a time. It is sent on that day or later.
 */
export function madeOn(reference: string): string {
  const ms = [...reference.slice(1, 1 + timeLength)].reduce(
    (time, character) => time * alphabet.length + alphabet.indexOf(character),
    0
  )
  return new Date(ms).toISOString().slice(0, 10)
}
