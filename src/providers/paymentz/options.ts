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
  baseUrl: gatewayAddress(whereBaseUrl).describe(
    "The host of your brand, which also has the hosted page; one for testing and one for production. `http` is refused, " +
      "except for this machine itself."
  ),
  memberId: requiredText(backOffice).describe(
    "The brand's back office: the settings of your member account."
  ),
  secureKey: requiredSecret(backOffice).describe(
    "Beside it; it signs every call and every callback. Keep it in an environment variable."
  ),
  previousSecureKey: requiredSecret("Leave it out unless the key is being changed")
    .optional()
    .describe("Accepted beside `secureKey` for callbacks, while the key is being changed."),
  partnerId: requiredText(toldByGateway).describe(
    "The number of the brand's partner, which its support tells you."
  ),
  username: requiredText(backOffice).describe("The login of your member account, for tokens."),
  terminalId: requiredText("Leave it out unless the gateway gave you more than one terminal")
    .optional()
    .describe("Only if you have more than one terminal."),
  inquiryPath: z
    .enum(["payments", "inquiry"], { error: 'must be "payments" or "inquiry"' })
    .default("payments")
    .describe(
      'Where payments are asked about: `"payments"`, or `"inquiry"` for brands with one address for all inquiries.'
    ),
  currencies: currencyDecimals
    .default(allCurrencies)
    .describe(
      "The currencies of your terminals and the decimals amounts are rounded to, such as `{ usd: 2, jpy: 0 }`. Without it all " +
        "currencies, each with its usual decimals."
    ),
}

/**
 * The options of `medusa-regional-payments/providers/paymentz`: those of every gateway (`commonOptions` in
 * ../base/options.ts), those of the account (`paymentzAccountOptions` above), which
 * `medusa-regional-payments/payout-providers/paymentz` has too, and those of payments.
 */
export const paymentzOptions = z.strictObject({
  ...commonOptions,
  ...paymentzAccountOptions,
  totype: requiredText(toldByGateway).describe(
    "The **name** of the brand's partner, which its support tells you. It is part of the signature: with a wrong one the " +
      "hosted page refuses every payment **without a word of why**. Look here first."
  ),
  capture: z
    .enum(["automatic", "manual"], { error: 'must be "automatic" or "manual"' })
    .default("automatic")
    .describe(
      '`"automatic"` takes the money at once. `"manual"` only reserves; the money is taken when you capture the payment in ' +
        "the dashboard."
    ),
  integration: z
    .enum(["hosted", "rest"], { error: 'must be "hosted" or "rest"' })
    .default("hosted")
    .describe(
      '`"hosted"` for the brand\'s own page; `"rest"` for methods without a card, each chosen by the storefront as ' +
        "`payment_mode`."
    ),
  returnUrl: shortAddress(
    "It is https://<your store's backend>/payments/paymentz_<id>/return, with the id of this provider"
  ).describe(
    `Your store's own route, \`https://<backend>/payments/paymentz_<id>/return\`, at most ${longestAddress} characters. It ` +
      "learns the payment's number and sends the shopper on."
  ),
  notificationUrl: shortAddress(
    "It is https://<your store's backend>/hooks/payment/paymentz_<id>, with the id of this provider"
  ).describe(
    `Your store's own route, \`https://<backend>/hooks/payment/paymentz_<id>\`, at most ${longestAddress} characters. It is ` +
      "sent with each payment; there is nothing to set up in the back office."
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
