import { MocasaClient } from "../../gateways/mocasa/client"
import { mocasaGateway } from "../../gateways/mocasa/errors"
import {
  createAccount,
  initiateTransfer,
  type MocasaAccount,
  type MocasaTransfer,
  payoutDecimals,
  queryTransfer,
} from "../../gateways/mocasa/payouts"
import { type MocasaWebhookTrust, readWebhook } from "../../gateways/mocasa/webhook"
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
import { mocasaSetUp, webhookTrust } from "../../providers/mocasa/options"
import { fieldProblem } from "../base/outcomes"
import {
  type AskedTransfer,
  GatewayPayoutProvider,
  leaseFor,
  type PayoutCradle,
  type PayoutDefinition,
  payoutHttp,
  payoutOptionsOf,
} from "../base/provider"
import { type MocasaPayoutOptions, mocasaPayoutOptions } from "./options"

const mocasaPayouts: PayoutDefinition<MocasaPayoutOptions> = {
  identifier: "mocasa",
  title: mocasaGateway,
  options: mocasaPayoutOptions,
}

/** Transfers to accounts at Mocasa, in the Philippines. */
export class MocasaPayoutProvider extends GatewayPayoutProvider {
  static override identifier = mocasaPayouts.identifier

  static override validateOptions(options: Record<string, unknown>): void {
    payoutOptionsOf(mocasaPayouts, options)
  }

  readonly title = mocasaPayouts.title
  readonly capabilities: PayoutCapabilities
  protected readonly setUp = mocasaSetUp
  protected readonly whereToLook =
    "Look in Mocasa's dashboard whether the beneficiary was added, then decide here"

  readonly #client: MocasaClient
  readonly #trust: MocasaWebhookTrust

  constructor(cradle: PayoutCradle, options: Record<string, unknown>) {
    super()
    const parsed = payoutOptionsOf(mocasaPayouts, options)
    const http = payoutHttp(cradle, parsed, { gateway: mocasaGateway })
    this.capabilities = capabilitiesFor(parsed)
    this.#client = new MocasaClient(http, parsed, () => new Date(), sharedTokens)
    this.#trust = webhookTrust(parsed)
  }

  protected async register(beneficiary: NewPayoutBeneficiary): Promise<PayoutBeneficiaryResult> {
    const known = beneficiary.account.account_number?.trim()
    if (known) {
      return {
        status: "pending",
        account: { account_number: known },
        message:
          "Mocasa was not told: a person has to make sure, in Mocasa's dashboard, that this account was " +
          "added as a beneficiary, because no call tells it",
      }
    }
    const problem = this.#identityProblem(beneficiary)
    if (problem !== undefined) {
      return { status: "rejected", message: problem }
    }
    const { identity, name, shopName, phone, email } = beneficiary
    return beneficiaryResult(
      await createAccount(this.#client, {
        idType: identity.id_type ?? "",
        idNo: identity.id_number ?? "",
        beneficiaryName: name,
        businessLicence: identity.business_licence ?? "",
        shopName: shopName ?? "",
        phone: phone ?? undefined,
        email: email ?? undefined,
        businessScope: identity.business_scope,
        shopAddress: identity.shop_address,
      })
    )
  }

  protected async send(order: PayoutOrder): Promise<PayoutResult> {
    const payeeAccountNo = order.account.account_number
    if (!payeeAccountNo) {
      return { outcome: "failed", message: "account_number is missing: Mocasa gave none" }
    }
    const transfer = await initiateTransfer(this.#client, {
      transferSerialNo: order.reference,
      amount: decimal(order.amount),
      payeeAccountNo,
      purpose: order.purpose,
    })
    return transferResult(transfer)
  }

  protected async ask({ reference }: AskedTransfer): Promise<PayoutReport> {
    const transfer = await queryTransfer(this.#client, reference)
    return transfer ? transferResult(transfer) : { outcome: "not_found" }
  }

  parseWebhook(message: WebhookMessage): WebhookReport {
    return readWebhook(message, this.#trust)
  }

  #identityProblem({ identity, shopName }: NewPayoutBeneficiary): string | undefined {
    return (
      fieldProblem(identity, this.capabilities.identityFields) ??
      (shopName?.trim() ? undefined : "shop_name is missing: Mocasa wants the name of the shop")
    )
  }
}

function beneficiaryResult({ accountNo, state, status }: MocasaAccount): PayoutBeneficiaryResult {
  const code = status ?? undefined
  const account = { account_number: accountNo }
  switch (state) {
    case "accepted":
      return { status: "active", account, code }
    case "open":
      return {
        status: "pending",
        account,
        code,
        message:
          "Mocasa has not accepted it yet, and no call tells when it has: look in its dashboard, then decide",
      }
    case "refused":
      return { status: "rejected", code, message: "Mocasa did not accept the beneficiary" }
  }
}

/** The answers name no amount, fee or currency: the serial number alone stands for what was ordered. */
function transferResult({ state, txStatus, txMessage }: MocasaTransfer): {
  outcome: MocasaTransfer["state"]
  code?: string
  message?: string
} {
  return { outcome: state, code: txStatus ?? undefined, message: txMessage }
}

/** A token, the call, and both once more where the token is not accepted. */
const callsPerTransfer = 4

function capabilitiesFor({ timeoutMs }: { timeoutMs: number }): PayoutCapabilities {
  return {
    // Assumption: pesos, because the API has no field for a currency.
    currencies: { php: payoutDecimals },
    // Nothing in Mocasa's text says that a serial number sent twice is one transfer.
    idempotentReference: false,
    webhooks: "signed",
    contactFields: [
      { name: "name", title: "Name of the beneficiary", required: true },
      { name: "shop_name", title: "Name of the shop", required: true },
      { name: "phone", title: "Phone", required: false },
      { name: "email", title: "E-mail", required: false },
    ],
    accountFields: [
      {
        name: "account_number",
        title: "Mocasa account number",
        // Mocasa gives it when the beneficiary is added.
        required: false,
        pattern: /^[\w-]{1,64}$/,
        hint: "letters and digits, as Mocasa gave it",
      },
    ],
    identityFields: [
      { name: "id_type", title: "Kind of identity document", required: true },
      { name: "id_number", title: "Number of the identity document", required: true },
      { name: "business_licence", title: "Business licence", required: true },
      { name: "business_scope", title: "Line of business", required: false, holds: "words" },
      { name: "shop_address", title: "Address of the shop", required: false, holds: "words" },
    ],
    tellsBalance: false,
    leaseMs: leaseFor(timeoutMs, callsPerTransfer),
  }
}
