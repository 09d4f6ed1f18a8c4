import {
  AbstractPayoutProvider,
  type NewPayoutBeneficiary,
  type PayoutBeneficiaryResult,
  type PayoutCapabilities,
  type PayoutOrder,
  type PayoutReport,
  type PayoutResult,
  type WebhookReport,
} from "../../../src/modules/payout"

/** What of an answer is read. */
type Answer = { status?: string; id?: string }

export class AcmePayouts extends AbstractPayoutProvider {
  static override identifier = "acme"

  readonly title = "Acme Pay"
  readonly capabilities: PayoutCapabilities = {
    currencies: { eur: 2 },
    // True only where Acme promises in writing that one reference is one transfer, however often it is sent.
    idempotentReference: false,
    webhooks: "none",
    accountFields: [{ name: "iban", title: "IBAN", required: true, pattern: /^[A-Z]{2}\d{2}\w+$/ }],
    identityFields: [],
    tellsBalance: false,
    leaseMs: 30_000,
  }

  readonly #baseUrl: string
  readonly #apiKey: string

  constructor(_container: object, options: { baseUrl: string; apiKey: string }) {
    super()
    this.#baseUrl = options.baseUrl
    this.#apiKey = options.apiKey
  }

  /** Acme keeps no payees: an account can be paid as it is. */
  async createBeneficiary({ account }: NewPayoutBeneficiary): Promise<PayoutBeneficiaryResult> {
    return { status: "active", account }
  }

  /** Sends once. Whatever is thrown here counts as unknown, and is asked about. */
  async initiateTransfer(order: PayoutOrder): Promise<PayoutResult> {
    const { reference, amount, currencyCode, account } = order
    const answer = await this.#call("POST", "/transfers", {
      reference,
      amount,
      currency: currencyCode.toUpperCase(),
      iban: account.iban,
    })
    return { outcome: outcomes[answer.status ?? ""] ?? "unknown", gatewayId: answer.id }
  }

  /** Asks by our reference; moves nothing. */
  async retrieveTransfer({ reference }: PayoutOrder): Promise<PayoutReport> {
    const answer = await this.#call("GET", `/transfers/${encodeURIComponent(reference)}`)
    return { outcome: outcomes[answer.status ?? ""] ?? "unknown", gatewayId: answer.id }
  }

  parseWebhook(): WebhookReport {
    return { type: "unreadable", reason: "Acme sends none" }
  }

  async #call(method: "GET" | "POST", path: string, body?: object): Promise<Answer> {
    const answer = await fetch(this.#baseUrl + path, {
      method,
      redirect: "error",
      signal: AbortSignal.timeout(15_000),
      headers: { authorization: `Bearer ${this.#apiKey}`, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (answer.status >= 500) {
      throw new Error(`Acme answered with HTTP ${answer.status}`)
    }
    return (await answer.json()) as Answer
  }
}

/** Acme's words. What is not listed is unknown: it is asked about, and never taken for a failure. */
const outcomes: Readonly<Partial<Record<string, "succeeded" | "failed" | "processing">>> = {
  paid: "succeeded",
  rejected: "failed",
  pending: "processing",
}
