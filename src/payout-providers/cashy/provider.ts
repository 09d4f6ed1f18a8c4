import { CashyClient, limitProblem, nonce } from "../../gateways/cashy/client"
import { cashyGateway, readGatewayError } from "../../gateways/cashy/errors"
import {
  type CashyBankField,
  type CashyPayout,
  getBalance,
  payOut,
  payOutQuery,
} from "../../gateways/cashy/payouts"
import { type CashyWebhookTrust, readWebhook } from "../../gateways/cashy/webhook"
import { decimal } from "../../gateways/shared/money"
import type { WebhookMessage, WebhookReport } from "../../gateways/shared/webhook"
import type {
  NewPayoutBeneficiary,
  PayoutBalance,
  PayoutBeneficiaryResult,
  PayoutCapabilities,
  PayoutField,
  PayoutOrder,
  PayoutReport,
  PayoutResult,
} from "../../modules/payout/provider"
import { cashySetUp, decimalsOf, webhookTrust } from "../../providers/cashy/options"
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
import { type CashyPayoutOptions, cashyPayoutOptions } from "./options"

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
    const http = payoutHttp(cradle, parsed, { gateway: cashyGateway, readGatewayError })
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

  parseWebhook(message: WebhookMessage): WebhookReport {
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

/** Cashy has no token to fetch. */
const callsPerTransfer = 1

const bankCodes: Readonly<Record<CashyBankField, Pick<PayoutField, "title" | "pattern" | "hint">>> =
  {
    bankId: {
      title: "Bank or wallet",
      pattern: /^\S.{0,31}$/,
      hint: "its number or code in Cashy's list of banks for your country",
    },
    ifscCode: {
      title: "IFSC",
      pattern: /^[A-Z]{4}0[A-Z0-9]{6}$/i,
      hint: "four letters, a zero and six letters or digits, such as SBIN0014148",
    },
  }

function capabilitiesFor(
  options: Pick<CashyPayoutOptions, "currency" | "wholeAmounts" | "bankField" | "timeoutMs">
): PayoutCapabilities {
  return {
    currencies: decimalsOf(options),
    // Cashy says that a number must not be used twice, and not what becomes of the second.
    idempotentReference: false,
    webhooks: "signed",
    contactFields: [
      {
        name: "name",
        title: "Name of the payee",
        required: true,
        pattern: atMost(longestName),
        hint: `at most ${longestName} characters`,
      },
      {
        name: "phone",
        title: "Phone of the payee",
        required: wantsPhone(options.bankField),
        pattern: atMost(longestPhone),
        hint: `at most ${longestPhone} characters`,
      },
    ],
    accountFields: [
      {
        name: "account_number",
        title: "Account number",
        required: true,
        pattern: /^\S(.{0,30}\S)?$/,
        hint: "at most 32 characters",
      },
      {
        name: "account_type",
        title: "Kind of account",
        required: true,
        pattern: /^\w{1,32}$/,
        hint: "a number or a word of Cashy's table for your country, such as 1 for an e-wallet of Pakistan's",
      },
      { name: "bank_code", required: true, namesBank: true, ...bankCodes[options.bankField] },
    ],
    identityFields: [],
    tellsBalance: true,
    leaseMs: leaseFor(options.timeoutMs, callsPerTransfer),
  }
}

function atMost(characters: number): RegExp {
  return new RegExp(`^.{1,${characters}}$`)
}

/** Assumption: the longest of the limits that the countries' pages name (Cashy, "Create Payout Order"). */
const longestName = 64
const longestPhone = 32

/** In India alone: it is the one country whose banks Cashy knows by their IFSC. */
function wantsPhone(bankField: CashyBankField): boolean {
  return bankField === "ifscCode"
}

/** What Cashy would refuse of a payee, before anything is sent; it never holds a value. */
function payeeProblem(
  { name, phone }: { name: string; phone: string | null },
  bankField: CashyBankField
): string | undefined {
  if (name.length > longestName) {
    return `name has more than the ${longestName} characters that Cashy takes`
  }
  if (wantsPhone(bankField) && !phone?.trim()) {
    return "phone is missing: in India Cashy wants the payee's"
  }
  if (phone && phone.length > longestPhone) {
    return `phone has more than the ${longestPhone} characters that Cashy takes`
  }
  return undefined
}
