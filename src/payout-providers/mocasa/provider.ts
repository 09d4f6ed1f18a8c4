import { MocasaClient } from "../../gateways/mocasa/client"
import {
  createAccount,
  initiateTransfer,
  queryTransfer,
  type MocasaAccount,
  type MocasaTransfer,
} from "../../gateways/mocasa/payouts"
import { mocasaGateway } from "../../gateways/mocasa/errors"
import { readWebhook, type MocasaWebhookTrust } from "../../gateways/mocasa/webhook"
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
import { mocasaSetUp, webhookTrust } from "../../providers/mocasa/options"
import { GatewayPayoutProvider, type AskedTransfer } from "../base/gateway-payout-provider"
import { fieldProblem } from "../base/order-problem"
import type { PayoutCradle } from "../base/payout-cradle"
import { payoutOptionsOf, type PayoutDefinition } from "../base/payout-definition"
import { payoutHttp } from "../base/payout-http"
import { capabilitiesFor } from "./capabilities"
import { mocasaPayoutOptions, type MocasaPayoutOptions } from "./options"

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
    const http = payoutHttp(cradle, { gateway: mocasaGateway, ...addressOf(parsed) })
    this.capabilities = capabilitiesFor(parsed)
    this.#client = new MocasaClient(http, parsed, () => new Date())
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

  parseWebhook(message: WebhookMessage): WebhookReading {
    return readWebhook(message, this.#trust)
  }

  #identityProblem({ identity, shopName }: NewPayoutBeneficiary): string | undefined {
    return (
      fieldProblem(identity, this.capabilities.identityFields) ??
      (shopName?.trim() ? undefined : "shop_name is missing: Mocasa wants the name of the shop")
    )
  }
}

function addressOf({ baseUrl, timeoutMs }: MocasaPayoutOptions) {
  return { baseUrl, timeoutMs }
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
