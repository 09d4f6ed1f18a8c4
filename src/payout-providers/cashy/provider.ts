import { limitProblem, CashyClient, nonce } from "../../gateways/cashy/client"
import { getBalance, payOut, payOutQuery, type CashyPayout } from "../../gateways/cashy/payouts"
import { cashyGateway, refusalWords } from "../../gateways/cashy/errors"
import { readWebhook, type CashyWebhookTrust } from "../../gateways/cashy/webhook"
import { decimal } from "../../gateways/shared/money"
import type { WebhookMessage, WebhookReading } from "../../gateways/shared/webhook"
import type {
  NewPayoutBeneficiary,
  PayoutBalance,
  PayoutBeneficiaryResult,
  PayoutCapabilities,
  PayoutOrder,
  PayoutReport,
  PayoutResult,
} from "../../modules/payout/provider"
import { cashySetUp, webhookTrust } from "../../providers/cashy/options"
import type { OwnAddresses } from "../../shared/provider-address"
import { GatewayPayoutProvider, type AskedTransfer } from "../base/gateway-payout-provider"
import type { PayoutCradle } from "../base/payout-cradle"
import { payoutOptionsOf, type PayoutDefinition } from "../base/payout-definition"
import { payoutHttp } from "../base/payout-http"
import { capabilitiesFor } from "./capabilities"
import { cashyPayoutOptions, type CashyPayoutOptions } from "./options"
import { payeeProblem } from "./payee-problem"

const cashyPayouts: PayoutDefinition<CashyPayoutOptions> = {
  identifier: "cashy",
  title: cashyGateway,
  options: cashyPayoutOptions,
}

/** Payouts to wallets and bank accounts, in the one currency of the shop's account at Cashy. */
export class CashyPayoutProvider extends GatewayPayoutProvider {
  static override identifier = cashyPayouts.identifier
  static override ownAddresses: OwnAddresses = { notifyUrl: "payout webhook" }

  static override validateOptions(options: Record<string, unknown>): void {
    payoutOptionsOf(cashyPayouts, options)
  }

  readonly title = cashyPayouts.title
  readonly capabilities: PayoutCapabilities
  protected readonly setUp = cashySetUp
  protected readonly whereToLook = "Add the beneficiary once more"

  readonly #client: CashyClient
  readonly #trust: CashyWebhookTrust
  readonly #options: CashyPayoutOptions

  constructor(cradle: PayoutCradle, options: Record<string, unknown>) {
    super()
    const parsed = payoutOptionsOf(cashyPayouts, options)
    const { baseUrl, timeoutMs } = parsed
    const http = payoutHttp(cradle, {
      gateway: cashyGateway,
      baseUrl,
      timeoutMs,
      errorWords: refusalWords,
    })
    this.capabilities = capabilitiesFor(parsed)
    this.#client = new CashyClient(http, parsed, nonce)
    this.#trust = webhookTrust(parsed)
    this.#options = parsed
  }

  /** Cashy has no call for it: every payout says all of the account again. */
  protected async register(beneficiary: NewPayoutBeneficiary): Promise<PayoutBeneficiaryResult> {
    const problem = payeeProblem(beneficiary, this.#options.bankField)
    return problem === undefined
      ? { status: "active", account: trimmed(beneficiary.account) }
      : { status: "rejected", message: problem }
  }

  protected async send(order: PayoutOrder): Promise<PayoutResult> {
    const { currency, bankField, notifyUrl } = this.#options
    const { beneficiary, account } = order
    const amount = decimal(order.amount)
    const limit = limitProblem(this.#options, amount, currency, "payOut")
    if (limit) {
      throw limit
    }
    const problem = payeeProblem(beneficiary, bankField)
    if (problem !== undefined) {
      return { outcome: "failed", message: problem }
    }
    const payout = await payOut(this.#client, {
      mchOrderNo: order.reference,
      amount,
      currency: currency.toUpperCase(),
      accountName: beneficiary.name,
      accountNo: account.account_number ?? "",
      accountType: account.account_type ?? "",
      bank: { field: bankField, code: account.bank_code ?? "" },
      phone: beneficiary.phone ?? undefined,
      notifyUrl,
      remark: order.purpose,
    })
    return payoutResult(payout)
  }

  protected async ask({ reference, gatewayId }: AskedTransfer): Promise<PayoutReport> {
    const payout = await payOutQuery(this.#client, {
      mchOrderNo: reference,
      orderNo: gatewayId ?? undefined,
    })
    return payout ? payoutResult(payout) : { outcome: "not_found" }
  }

  parseWebhook(message: WebhookMessage): WebhookReading {
    return readWebhook(message, this.#trust)
  }

  override async retrieveBalance(): Promise<PayoutBalance[]> {
    const available = await getBalance(this.#client)
    return [{ currencyCode: this.#options.currency, available }]
  }
}

function trimmed(account: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(account).map(([name, value]) => [name, value.trim()]))
}

/** The currency is the account's, which has only one: Cashy's answers name none. */
function payoutResult({ orderNo, state, orderStatus, reason, amount, fee }: CashyPayout): {
  outcome: CashyPayout["state"]
  gatewayId: string
  code?: string
  message?: string
  amount?: string
  fee?: string
} {
  return {
    outcome: state,
    gatewayId: orderNo,
    code: orderStatus ?? undefined,
    message: reason,
    amount,
    fee,
  }
}
