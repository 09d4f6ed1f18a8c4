import { z } from "zod"
import type { PaymentzPaymentType } from "../../gateways/paymentz/messages"
import type { PaymentzWebhookTrust } from "../../gateways/paymentz/webhook"
import { isoDecimals } from "../../gateways/shared/money"
import type { Secret } from "../../gateways/shared/secret"
import type { SetUpHints } from "../base/errors"
import type { GatewayData, KnownOrder } from "../base/gateway"
import {
  commonOptions,
  gatewayAddress,
  requiredSecret,
  requiredText,
  webAddress,
} from "../base/options"
import { ownReferences } from "../base/order-details"

export const backOffice =
  "Find it in the gateway's back office, in the settings of your member account"

const toldByGateway = "The gateway's support tells it to each merchant"

const whereBaseUrl =
  "It is the host of the brand that sells you the platform, one for testing and one for production"

const longestAddress = 100

/**
 * Every currency there is: which of them can be paid in is a matter of the merchant's terminals.
 *
 * Assumption: currencies count in the decimals of ISO 4217. Amounts are sent with two decimals, so that of a
 * currency with three decimals the last has to be zero.
 */
const allCurrencies: Record<string, number> = Object.fromEntries(
  Intl.supportedValuesOf("currency").map((code) => [code.toLowerCase(), isoDecimals(code)])
)

const currencyDecimals = z
  .record(
    z.string().regex(/^[a-z]{3}$/, { error: "must be a code such as usd, in lower case" }),
    z.number().int().min(0).max(3)
  )
  .refine((value) => Object.keys(value).length > 0, { error: "names no currency" })

/** The shop's member account: the same for payments and payouts. */
export const paymentzAccountOptions = {
  /** The host of your brand of the platform, which also has the hosted page. */
  baseUrl: gatewayAddress(whereBaseUrl),
  memberId: requiredText(backOffice),
  /** Signs every call and every callback. */
  secureKey: requiredSecret(backOffice),
  /** Accepted beside the key in use for callbacks, while the key is being changed. */
  previousSecureKey: requiredSecret("Leave it out unless the key is being changed").optional(),
  partnerId: requiredText(toldByGateway),
  /** The login of your member account, for tokens. */
  username: requiredText(backOffice),
  terminalId: requiredText(
    "Leave it out unless the gateway gave you more than one terminal"
  ).optional(),
  /** Where payments are asked about; `inquiry` for brands with one address for it. */
  inquiryPath: z
    .enum(["payments", "inquiry"], { error: 'must be "payments" or "inquiry"' })
    .default("payments"),
  /** The currencies of your terminals, each with the decimals that amounts are rounded to. */
  currencies: currencyDecimals.default(allCurrencies),
}

/**
 * The options of `medusa-regional-payments/providers/paymentz`: those of every gateway (`commonOptions` in
 * ../base/options.ts), those of the account (`paymentzAccountOptions` above), which
 * `medusa-regional-payments/payout-providers/paymentz` has too, and those of payments.
 */
export const paymentzOptions = z.strictObject({
  ...commonOptions,
  ...paymentzAccountOptions,
  /** The partner's name. A wrong one is refused on the hosted page without a word of why. */
  totype: requiredText(toldByGateway),
  /** `manual` reserves first; the money is taken when a payment is captured in the dashboard. */
  capture: z
    .enum(["automatic", "manual"], { error: 'must be "automatic" or "manual"' })
    .default("automatic"),
  /** `rest` is for methods without a card, each chosen by the storefront as `payment_mode`. */
  integration: z
    .enum(["hosted", "rest"], { error: 'must be "hosted" or "rest"' })
    .default("hosted"),
  /** This store's own return route, which learns the payment's number and sends the shopper on. */
  returnUrl: shortAddress(
    "It is https://<your store's backend>/payments/paymentz_<id>/return, with the id of this provider"
  ),
  /** This store's own webhook route. */
  notificationUrl: shortAddress(
    "It is https://<your store's backend>/hooks/payment/paymentz_<id>, with the id of this provider"
  ),
})

export type PaymentzOptions = z.infer<typeof paymentzOptions>

/** What to look at where the gateway does not know the shop. */
export const paymentzSetUp: SetUpHints = {
  credentials: ["memberId", "secureKey", "partnerId", "username"],
  signedWith: ["secureKey"],
  whereCredentials: `${backOffice}; partnerId is told by its support`,
  whereBaseUrl: whereBaseUrl,
}

/** For addresses that are sent with every payment, in fields of 100 characters. */
export function shortAddress(where: string) {
  return webAddress(where).refine((value) => value.length <= longestAddress, {
    error: `must have at most ${longestAddress} characters. ${where}`,
  })
}

/** Callbacks of payments and of payouts are signed with the same key. */
export function webhookTrust({
  secureKey,
  previousSecureKey,
}: Pick<PaymentzOptions, "secureKey" | "previousSecureKey">): PaymentzWebhookTrust {
  const secureKeys = [secureKey, previousSecureKey].filter(
    (key): key is Secret => key !== undefined
  )
  return { secureKeys, references: ownReferences }
}

/** @param sentBy who tells the gateway what kind of payment it is */
export function settingsToKeep(
  paymentType: PaymentzPaymentType,
  sentBy: "server" | "browser",
  now: Date
): GatewayData {
  return {
    payment_type: paymentType,
    payment_type_sent_by: sentBy,
    opened_on: now.toISOString().slice(0, 10),
  }
}

export function settingsOf(
  { gatewayData }: Pick<KnownOrder, "gatewayData">,
  options: Pick<PaymentzOptions, "capture">
): OrderSettings {
  const { payment_type, payment_type_sent_by, opened_on } = gatewayData
  const paymentType =
    payment_type === "PA" || payment_type === "DB" ? payment_type : paymentTypeFor(options)
  return {
    paymentType,
    ...(payment_type_sent_by === "server" ? { sentPaymentType: paymentType } : {}),
    openedOn: opened_on,
  }
}

/** What an order was opened with. Options can change while it is under way. */
type OrderSettings = {
  paymentType: PaymentzPaymentType
  /**
   * The same where the shop's server told it to the gateway; undefined where a form did, which the shopper's browser
   * carries and whose checksum does not cover it.
   */
  sentPaymentType?: PaymentzPaymentType
  /** The day it was opened on, such as `2030-01-31`; undefined where it was not noted. */
  openedOn?: string
}

export function paymentTypeFor({ capture }: Pick<PaymentzOptions, "capture">): PaymentzPaymentType {
  return capture === "manual" ? "PA" : "DB"
}
