import {
  type AskedTransfer,
  GatewayDeclinedError,
  GatewayPayoutProvider,
  leaseFor,
  type NewPayoutBeneficiary,
  type PayoutBeneficiaryResult,
  type PayoutCapabilities,
  type PayoutCradle,
  payoutHttp,
  payoutOptionsOf,
  type PayoutOrder,
  type PayoutReport,
  type PayoutResult,
  type WebhookMessage,
  type WebhookReport,
} from "medusa-regional-payments/extend"
import { AcmeClient, acmeGateway, type AcmeKeys, readWebhook } from "./client"
import { acmePayoutOptions, acmeSetUp } from "./options"

const acmePayouts = { identifier: "acme", title: acmeGateway, options: acmePayoutOptions }

/** Sends money to accounts in euros. */
export class AcmePayoutProvider extends GatewayPayoutProvider {
  static override identifier = acmePayouts.identifier

  static override validateOptions(options: Record<string, unknown>): void {
    payoutOptionsOf(acmePayouts, options)
  }

  readonly title = acmeGateway
  readonly capabilities: PayoutCapabilities
  protected readonly setUp = acmeSetUp
  protected readonly whereToLook = "Add the beneficiary once more"
  readonly #client: AcmeClient
  readonly #keys: AcmeKeys

  constructor(cradle: PayoutCradle, options: Record<string, unknown>) {
    super()
    const parsed = payoutOptionsOf(acmePayouts, options)
    const http = payoutHttp(cradle, parsed, { gateway: acmeGateway })
    this.#client = new AcmeClient(http, parsed.apiKey)
    this.#keys = parsed
    this.capabilities = {
      currencies: { eur: 2 },
      // True only where Acme promises in writing that one reference is one transfer, however often it is sent.
      idempotentReference: false,
      webhooks: "signed",
      accountFields: [iban],
      identityFields: [],
      tellsBalance: false,
      leaseMs: leaseFor(parsed.timeoutMs, 1),
    }
  }

  /** Acme keeps no payees: an account can be paid as it is. */
  protected async register({ account }: NewPayoutBeneficiary): Promise<PayoutBeneficiaryResult> {
    return { status: "active", account }
  }

  /** Sends once. What it throws is an outcome, too: `GatewayPayoutProvider` says which. */
  protected async send(order: PayoutOrder): Promise<PayoutResult> {
    const { reference, amount, currencyCode, beneficiary, account } = order
    return await this.#client.createTransfer({
      reference,
      amount,
      currency: currencyCode.toUpperCase(),
      name: beneficiary.name,
      iban: account.iban ?? "",
    })
  }

  /** Asks by our reference; moves nothing. */
  protected async ask({ reference }: AskedTransfer): Promise<PayoutReport> {
    try {
      return await this.#client.queryTransfer(reference)
    } catch (error) {
      if (error instanceof GatewayDeclinedError && error.isNotFound) {
        return { outcome: "not_found" }
      }
      throw error
    }
  }

  parseWebhook(message: WebhookMessage): WebhookReport {
    return readWebhook(message, this.#keys)
  }
}

const iban = {
  name: "iban",
  title: "IBAN",
  required: true,
  pattern: /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/,
  hint: "two letters, two digits and the account, without blanks",
}
