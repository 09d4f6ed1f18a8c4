import type { WebhookMessage, WebhookReport } from "../../gateways/shared/webhook"
import type { OwnAddresses } from "../../shared/provider-address"

/** The name of the module in the container. Here, because this file loads none of the module's models. */
export const PAYOUT_MODULE = "payout"

/** What a beneficiary's account or identity is described by, in the provider's own words. */
export type PayoutField = {
  /** As callers of the API write it, such as `bank_code`. */
  name: string
  title: string
  required: boolean
  /** What it must look like, and in words for who typed something else. */
  pattern?: RegExp
  hint?: string
}

/** What is told of a beneficiary itself, beside its account and its identity. */
export type PayoutContactField = PayoutField & { name: "name" | "email" | "phone" | "shop_name" }

export type PayoutCapabilities = {
  /** Places by lower-case currency: the only currencies that can be sent, and how exact their amounts are. */
  currencies: Readonly<Record<string, number>>
  /**
   * Whether the vendor promises that one reference is one transfer however often it is sent. Without the
   * promise a transfer that may have been sent is never sent again.
   */
  idempotentReference: boolean
  webhooks: "signed" | "none"
  /** What the gateway takes of who is paid; left out where it needs nothing but the name. */
  contactFields?: readonly PayoutContactField[]
  /** Needed with every transfer: kept, encrypted. The first one is the account's number, shown by its last places. */
  accountFields: readonly PayoutField[]
  /** Needed once, when the beneficiary is made known: passed on, and never stored but for the last places. */
  identityFields: readonly PayoutField[]
  /** Whether the gateway tells how much there is to send. */
  tellsBalance: boolean
  /** How long one call can take at most in milliseconds, repeats and a new token included. */
  leaseMs: number
}

/** Account numbers and the like, by the names of `accountFields`. Personal: never in a log or an error. */
export type PayoutAccount = Readonly<Record<string, string>>

/** What the gateway or our own code said of an outcome; nothing secret, nothing personal. */
export type PayoutErrorText = {
  /** The gateway's own code. */
  code?: string
  message?: string
}

export type NewPayoutBeneficiary = {
  name: string
  kind: "person" | "business"
  email: string | null
  phone: string | null
  shopName: string | null
  account: PayoutAccount
  /** By the names of `identityFields`; gone when the call has ended. */
  identity: PayoutAccount
}

/**
 * - `active`: may be paid; `account` is what goes with every transfer
 * - `pending`: the gateway has not accepted it yet, or its answer was lost; a person decides
 * - `rejected`: the gateway said no
 */
export type PayoutBeneficiaryResult =
  | ({ status: "active"; account: PayoutAccount } & PayoutErrorText)
  | ({ status: "pending"; account?: PayoutAccount } & PayoutErrorText)
  | ({ status: "rejected" } & PayoutErrorText)

export type PayoutOrder = {
  /** Ours, 27 characters that begin with `P`; the same whenever the transfer is asked about. */
  reference: string
  /** Major units, at the currency's decimals, such as `"1500.00"`. */
  amount: string
  /** Lower case. */
  currencyCode: string
  purpose: string
  beneficiary: { name: string; email: string | null; phone: string | null }
  account: PayoutAccount
}

/** What the gateway calls the transfer and took for it. */
export type PayoutGatewayDetails = PayoutErrorText & {
  gatewayId?: string
  /** Major units of the transfer's currency. */
  fee?: string
  /** What the gateway says was sent, where it says so; another amount than ours is a finding. */
  amount?: string
  /** Lower case. */
  currencyCode?: string
}

/**
 * What came of sending a transfer: settled, or something to ask about.
 * - `succeeded`, `failed`: final words of the gateway's about this very reference
 * - `processing`: the gateway has it
 * - `not_sent`: surely nothing left us
 * - `unknown`: anything else
 */
export type PayoutResult = PayoutGatewayDetails & {
  outcome: "succeeded" | "failed" | "processing" | "not_sent" | "unknown"
}

/**
 * What the gateway answers about a transfer. `not_found` only where it says that it knows no such reference;
 * `unknown` where it could not be asked or its answer tells nothing.
 */
export type PayoutReport = PayoutGatewayDetails & {
  outcome: "succeeded" | "returned" | "failed" | "processing" | "not_found" | "unknown"
}

export type PayoutBalance = {
  /** Lower case. */
  currencyCode: string
  /** Major units, what can be sent now. */
  available: string
}

/**
 * A gateway that sends money to beneficiaries. The payout module loads providers as Medusa's modules load
 * theirs: a `ModuleProvider` whose service extends this class.
 *
 * A provider holds no state of a transfer and decides nothing about repeats: the module commits its row before
 * it calls, and asks where no answer came. What a method throws counts as an unknown outcome.
 */
export abstract class AbstractPayoutProvider {
  /** Such as `mocasa`; with `id: "main"` in the options the provider is `po_mocasa_main`. */
  static identifier: string

  /** Its options that hold an address of this store's, which is checked at boot: `{ notifyUrl: "payout webhook" }`. */
  static ownAddresses?: OwnAddresses

  /** @throws MedusaError invalid_data, at boot, naming each option that is wrong and where it is found */
  static validateOptions?(options: Record<string, unknown>): void

  /** The gateway's name, for people. */
  abstract readonly title: string
  abstract readonly capabilities: PayoutCapabilities

  /**
   * Makes a beneficiary known. Where the gateway has no call for it, it only says whether the account can be
   * used as it is.
   */
  abstract createBeneficiary(beneficiary: NewPayoutBeneficiary): Promise<PayoutBeneficiaryResult>

  /** Sends money, at most once: no repeat of its own, except after HTTP 401. */
  abstract initiateTransfer(order: PayoutOrder): Promise<PayoutResult>

  /** Asks about a transfer; moves nothing. */
  abstract retrieveTransfer(
    order: PayoutOrder & { gatewayId: string | null }
  ): Promise<PayoutReport>

  /** Verifies over the raw bytes and says whose transfer it tells of. Never proof of money. */
  abstract parseWebhook(message: WebhookMessage): WebhookReport

  /** Only where `tellsBalance`. @throws GatewayError */
  retrieveBalance?(): Promise<PayoutBalance[]>
}
