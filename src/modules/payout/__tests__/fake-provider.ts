import {
  AbstractPayoutProvider,
  type NewPayoutBeneficiary,
  type PayoutBalance,
  type PayoutBeneficiaryResult,
  type PayoutCapabilities,
  type PayoutOrder,
  type PayoutReport,
  type PayoutResult,
} from "../provider"

type Sending = (order: PayoutOrder) => Promise<PayoutResult>
type Asking = (order: PayoutOrder) => Promise<PayoutReport>

/** What the fake gateway did: one entry for each time that money left it. */
export type Move = { reference: string; amount: string; currencyCode: string; account: string }

/**
 * A gateway that keeps a ledger and does what a test tells it to. Left alone it pays at once, and tells the
 * truth when it is asked.
 */
export class FakePayoutProvider extends AbstractPayoutProvider {
  static override identifier = "acme"

  readonly title = "Acme Pay"
  capabilities: PayoutCapabilities = {
    currencies: { php: 2, idr: 0 },
    idempotentReference: false,
    webhooks: "none",
    accountFields: [
      { name: "account_number", title: "Account number", required: true, pattern: /^\d{6,}$/ },
      {
        name: "bank_code",
        title: "Bank code",
        required: false,
        namesBank: true,
        hint: "four capitals",
      },
    ],
    identityFields: [{ name: "id_number", title: "Number of the identity card", required: false }],
    tellsBalance: true,
    leaseMs: 60_000,
  }

  /** In pesos. */
  available = "1000000.00"
  readonly moves: Move[] = []
  readonly told: NewPayoutBeneficiary[] = []
  readonly asked: string[] = []
  /** What the gateway says of a reference, once it has heard of it. */
  readonly outcomes = new Map<string, PayoutReport["outcome"]>()

  /** The next calls, before it goes back to itself. */
  readonly nextSends: Sending[] = []
  readonly nextReports: Asking[] = []
  readonly nextBeneficiaries: (() => Promise<PayoutBeneficiaryResult>)[] = []

  async createBeneficiary(beneficiary: NewPayoutBeneficiary): Promise<PayoutBeneficiaryResult> {
    this.told.push(beneficiary)
    const next = this.nextBeneficiaries.shift()
    return next ? await next() : { status: "active", account: beneficiary.account }
  }

  async initiateTransfer(order: PayoutOrder): Promise<PayoutResult> {
    const next = this.nextSends.shift()
    return next ? await next(order) : this.pay(order)
  }

  async retrieveTransfer(order: PayoutOrder): Promise<PayoutReport> {
    this.asked.push(order.reference)
    const next = this.nextReports.shift()
    return next ? await next(order) : { outcome: this.outcomes.get(order.reference) ?? "not_found" }
  }

  parseWebhook() {
    return { type: "unreadable" as const, reason: "it sends none" }
  }

  override async retrieveBalance(): Promise<PayoutBalance[]> {
    return [{ currencyCode: "php", available: this.available }]
  }

  /** Money leaves. */
  pay(order: PayoutOrder, outcome: "succeeded" | "processing" = "succeeded"): PayoutResult {
    const { reference, amount, currencyCode, account } = order
    this.moves.push({ reference, amount, currencyCode, account: account.account_number ?? "" })
    this.outcomes.set(reference, outcome)
    return { outcome, gatewayId: `G${reference}`, fee: "1.50" }
  }
}
