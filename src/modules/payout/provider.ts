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
  /**
   * What people write into it: the number or code of something, in plain letters and digits, or `words` such as an
   * address. A number unless it is said here.
   */
  holds?: "number" | "words"
  /**
   * It names the bank, or the wallet's operator, that the account's number is at: one number at two banks is two
   * accounts. An IBAN names its bank itself.
   */
  namesBank?: true
  /** What it must look like, and in words for who typed something else. */
  pattern?: RegExp
  hint?: string
  /** What a pattern can't tell, such as wrong check digits; undefined where nothing is. It holds nothing of the value. */
  problem?: (value: string) => string | undefined
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
  /** What the gateway takes of a transfer's purpose; left out where it takes any. */
  purposeProblem?: (purpose: string) => string | undefined
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
  /** It failed because there is too little to send: the next ones would too, so that they wait. */
  isBalanceTooLow?: boolean
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

/** What a file of payouts is made of: approved transfers of one batch in one currency. */
export type PayoutFileInput = {
  /** Ours: what the bank knows the file by, at most 35 letters and digits. */
  messageId: string
  createdAt: Date
  /** When the bank is to pay, such as `2026-12-01`. */
  executionDate: string
  /** Lower case. */
  currencyCode: string
  count: number
  /** The sum of all amounts, at the currency's decimals. */
  controlSum: string
  /** In the order in which they are to stand. */
  orders: readonly PayoutOrder[]
}

export type PayoutFileContent = {
  /** The file's, such as `B01M8CNP8X9TY5KXCAYT4RZ87T4.xml`. */
  name: string
  mediaType: string
  text: string
}

/**
 * - `paid`: money left the account
 * - `received`: money came in
 * - `returned`: money came back, or a payment was taken back
 * - `not_booked`: announced; it may still be taken back
 */
export type StatementEntryKind = "paid" | "received" | "returned" | "not_booked"

/** What a statement of an account says of one payment. */
export type StatementEntry = {
  /** Where it stands in the file, from 1; the parts of one booking share it. */
  position: number
  /** Ours, where it is one of our payouts; null where the bank names none. */
  reference: string | null
  /** Major units; null where the file does not say it. */
  amount: string | null
  /** Lower case. */
  currencyCode: string | null
  kind: StatementEntryKind
  /** Who was paid, where the file says it. Personal: compared, and not kept. */
  account: string | null
  /** The bank's own for the booking. */
  bankReference: string | null
  /** Such as `2026-12-01`. */
  bookedOn: string | null
  /** Why it came back or was not booked, in the bank's words. */
  reason: string | null
}

export type BankStatement = {
  /** The bank's own for the statements in the file. */
  ids: readonly string[]
  entries: readonly StatementEntry[]
}

/** A statement that can't be read, in words for whoever uploaded it; it holds nothing of the file's values. */
export class StatementProblem extends Error {
  override readonly name = "StatementProblem"
}

/** How payouts are sent that a person gives to a bank as a file, and that settle by the bank's statement. */
export type PayoutFiles = {
  /** Such as `pain.001.001.09`. */
  readonly format: string
  /** Why a transfer can't stand in a file; undefined where it can. It holds nothing of the payee. */
  orderProblem(order: PayoutOrder): string | undefined
  /** The file's text, the same whenever it is made of the same. */
  makeFile(input: PayoutFileInput): PayoutFileContent
  /** @throws StatementProblem */
  readStatement(text: string): BankStatement
  /** Whether a statement names this account as the payee's. */
  isPayee(account: PayoutAccount, named: string): boolean
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

  /**
   * Only where a person takes the payouts to a bank. No job sends its transfers or asks about them: they go into a file
   * together, and `initiateTransfer` and `retrieveTransfer` are never called.
   */
  readonly files?: PayoutFiles
}
