import { z } from "zod"
import { wireDecimals } from "../../gateways/cashy/client"
import type { CashyWebhookTrust } from "../../gateways/cashy/webhook"
import {
  compare,
  type CurrencyDecimals,
  type DecimalString,
  fitsDecimals,
  isoDecimals,
  isPositive,
  tryDecimal,
} from "../../gateways/shared/money"
import type { Secret } from "../../gateways/shared/secret"
import type { SetUpHints } from "../base/errors"
import {
  commonOptions,
  gatewayAddress,
  requiredSecret,
  requiredText,
  webAddress,
} from "../base/options"
import { ownReferences } from "../base/order-details"

const toldByCashy = "Cashy tells it to each merchant"

const whereBaseUrl = `${toldByCashy}, one for each country, for testing and for production`

const agreed = "It is what you agreed on with Cashy; leave it out if there is none"

const amount = z
  .union([z.string().trim(), z.number()], { error: notAnAmount })
  .transform((value, context) => {
    const parsed = tryDecimal(value)
    if (parsed === undefined || !isPositive(parsed)) {
      context.addIssue({ code: "custom", message: notAnAmount() })
      return z.NEVER
    }
    if (!fitsDecimals(parsed, wireDecimals)) {
      const message = `must have at most ${wireDecimals} places. ${agreed}`
      context.addIssue({ code: "custom", message })
      return z.NEVER
    }
    return parsed
  })

const switchedOn = z.boolean({ error: "must be true or false" })

/** The shop's account at Cashy, which is in one country and one currency. */
export const cashyAccountOptions = {
  baseUrl: gatewayAddress(whereBaseUrl).describe(
    "The address of Cashy's API. Cashy tells it to each merchant: one for each country, for testing and for production."
  ),
  merchantId: requiredText(toldByCashy)
    .regex(/^\d+$/, { error: `must be digits such as 1002001. ${toldByCashy}` })
    .describe("Your number at Cashy, digits only."),
  apiKey: requiredSecret(toldByCashy).describe(
    "Beside it. It signs what is sent and what comes back; keep it in an environment variable."
  ),
  previousApiKey: requiredSecret("Leave it out unless a key is being changed")
    .optional()
    .describe("A second key that callbacks may be signed with, while you change keys."),
  currency: requiredText("It is the currency of your account with Cashy")
    .regex(/^[a-z]{3}$/i, { error: "must be a currency's code such as PKR" })
    .toLowerCase()
    .describe(
      "The currency of your account with Cashy, such as `PKR`; money moves in no other. Allow the payment provider only in " +
        "regions with it."
    ),
  minAmount: amount
    .optional()
    .describe(
      'The least that Cashy moves at a time, as you agreed with it, such as `"100.00"`. Less is refused before Cashy is ' +
        "called, with a message that names the limits."
    ),
  maxAmount: amount.optional().describe("The most that Cashy moves at a time, in the same way."),
  wholeAmounts: switchedOn
    .optional()
    .describe(
      "Whether only whole amounts are moved; the total of a payment is rounded half up. Without it `true` for PKR and " +
        "`false` for other currencies."
    ),
}

const payTypes = "See Cashy's Payin PayType Enum for your country; in Pakistan 36 or 38"

const seconds = "It is a number of seconds, such as 3600 for an hour"

const shortestExpiry = 60

/** Whoever writes milliseconds is told so. */
export const longestExpiryDays = 30

const longestExpiry = longestExpiryDays * 24 * 60 * 60

const longestNotifyUrl = 250

/**
 * The options of `medusa-regional-payments/providers/cashy`: those of every gateway (`commonOptions` in
 * ../base/options.ts), those of the account (`cashyAccountOptions` above), which
 * `medusa-regional-payments/payout-providers/cashy` has too, and those of payments.
 */
export const cashyOptions = z
  .strictObject({
    ...commonOptions,
    ...cashyAccountOptions,
    payType: z
      .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], { error: notAPayType })
      .refine((number) => Number.isInteger(number) && number > 0, { error: notAPayType })
      .describe(
        "How the shopper pays, in Cashy's numbers: its **Payin PayType Enum** for your country. In Pakistan `36` (opens the " +
          "wallet) or `38` (QR code and wallet)."
      ),
    notifyUrl: notifyUrl(
      "It is https://<your store's backend>/hooks/payment/cashy_cashy, with your provider's id at the end"
    ).describe(
      "Where Cashy sends its callbacks: `https://<your store's backend>/hooks/payment/cashy_cashy` (`cashy_` and the `id` " +
        `you gave the provider), at most ${longestNotifyUrl} characters. It is sent with each payment: nothing has to be ` +
        "set in Cashy's dashboard."
    ),
    expiresIn: z
      .int({ error: `must be a whole number. ${seconds}` })
      .min(shortestExpiry, { error: `must be at least ${shortestExpiry}. ${seconds}` })
      .max(longestExpiry, { error: `must be at most ${longestExpiry}. ${seconds}` })
      .default(3_600)
      .describe(
        `How long a payment can be made, in seconds: from ${shortestExpiry} to ${longestExpiry}, which is ${longestExpiryDays} days.`
      ),
    placeOrderBeforePayment: switchedOn
      .default(false)
      .describe(
        "`true` lets a shopper place the order with a pay code that is not paid yet. It is canceled when the code's time is over."
      ),
  })
  .superRefine(checkLimits)
  .transform((options) => ({ ...options, wholeAmounts: isWhole(options) }))

export type CashyOptions = z.output<typeof cashyOptions>

/** What to look at where the gateway does not know the shop. */
export const cashySetUp: SetUpHints = {
  credentials: ["merchantId", "apiKey"],
  signedWith: ["apiKey"],
  whereCredentials: `${toldByCashy}, and has to know the address of this server`,
  whereBaseUrl: whereBaseUrl,
}

/** Where Cashy sends its callbacks: one of this store's webhook routes. */
export function notifyUrl(where: string) {
  return webAddress(where).max(longestNotifyUrl, {
    error: `has more than the ${longestNotifyUrl} characters that Cashy takes`,
  })
}

/** For `superRefine`: limits that no amount lies between. */
export function checkLimits(
  { minAmount, maxAmount }: AccountLimits,
  context: z.core.$RefinementCtx
): void {
  if (minAmount && maxAmount && compare(minAmount, maxAmount) > 0) {
    const message = `is less than minAmount. ${agreed}`
    context.addIssue({ code: "custom", path: ["maxAmount"], message })
  }
}

type AccountLimits = {
  currency: string
  minAmount?: DecimalString
  maxAmount?: DecimalString
  wholeAmounts?: boolean
}

export function isWhole({ wholeAmounts, currency }: AccountLimits): boolean {
  return wholeAmounts ?? wholeByDefault.includes(currency)
}

/**
 * Assumption: rupees of Pakistan have no decimals at Cashy: its table for a query gives amounts none, and a
 * payment whose paisa were lost on the way would never be found complete. A shop that knows better says so.
 */
const wholeByDefault: readonly string[] = ["pkr"]

function notAnAmount(): string {
  return `must be an amount above zero such as "100.00". ${agreed}`
}

function notAPayType({ input }: { input?: unknown }): string {
  return `${input === undefined ? "is missing" : "must be a whole number above zero"}. ${payTypes}`
}

/** What Cashy counts the one currency of the merchant's account in: two decimals at most, whatever ISO says. */
export function decimalsOf({
  currency,
  wholeAmounts,
}: {
  currency: string
  wholeAmounts: boolean
}): CurrencyDecimals {
  return { [currency]: wholeAmounts ? 0 : Math.min(wireDecimals, isoDecimals(currency)) }
}

/** Callbacks of payments and of payouts are signed with the same key. */
export function webhookTrust({
  apiKey,
  previousApiKey,
}: Pick<CashyOptions, "apiKey" | "previousApiKey">): CashyWebhookTrust {
  const apiKeys = [apiKey, previousApiKey].filter((key): key is Secret => key !== undefined)
  return { apiKeys, references: ownReferences }
}
