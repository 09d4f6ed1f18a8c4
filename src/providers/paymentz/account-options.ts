import { z } from "zod"
import { isoPlaces } from "../../gateways/shared/money"
import { gatewayAddress, requiredSecret, requiredText, webAddress } from "../base/options"
import type { SetUpHints } from "../base/errors"

export const backOffice =
  "Find it in the gateway's back office, in the settings of your member account"
export const toldByGateway = "The gateway's support tells it to each merchant"

const whereBaseUrl =
  "It is the host of the brand that sells you the platform, one for testing and one for production"

const longestAddress = 100

/** For addresses that are sent with every payment, in fields of 100 characters. */
export function shortAddress(where: string) {
  return webAddress(where).refine((value) => value.length <= longestAddress, {
    error: `must have at most ${longestAddress} characters. ${where}`,
  })
}

/**
 * Every currency there is: which of them can be paid in is a matter of the merchant's terminals.
 *
 * Assumption: currencies count in the places of ISO 4217. Amounts are sent with two decimals, so that of a
 * currency with three places the last has to be zero.
 */
const allCurrencies: Record<string, number> = Object.fromEntries(
  Intl.supportedValuesOf("currency").map((code) => [code.toLowerCase(), isoPlaces(code)])
)

const currencyPlaces = z
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
  /** The currencies of your terminals, each with the places that amounts are rounded to. */
  currencies: currencyPlaces.default(allCurrencies),
}

/** What to look at where the gateway does not know the shop. */
export const paymentzSetUp: SetUpHints = {
  credentials: ["memberId", "secureKey", "partnerId", "username"],
  whereCredentials: `${backOffice}; partnerId is told by its support`,
  whereBaseUrl: whereBaseUrl,
}
