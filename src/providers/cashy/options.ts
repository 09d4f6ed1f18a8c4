import { z } from "zod"
import { wirePlaces } from "../../gateways/cashy/amount-limits"
import { compare, fitsPlaces, isPositive, tryDecimal } from "../../gateways/shared/decimal"
import {
  commonOptions,
  gatewayAddress,
  requiredSecret,
  requiredText,
  webAddress,
} from "../base/provider-options"

const toldByCashy = "Cashy tells it to each merchant"
const payTypes = "See Cashy's Payin PayType Enum for your country; in Pakistan 36 or 38"
const agreed = "It is what you agreed on with Cashy; leave it out if there is none"
const seconds = "It is a number of seconds, such as 3600 for an hour"

const longestNotifyUrl = 250
const shortestExpiry = 60
/** Whoever writes milliseconds is told so. */
const longestExpiry = 30 * 24 * 60 * 60

const amount = z
  .union([z.string().trim(), z.number()], { error: notAnAmount })
  .transform((value, context) => {
    const parsed = tryDecimal(value)
    if (parsed === undefined || !isPositive(parsed)) {
      context.addIssue({ code: "custom", message: notAnAmount() })
      return z.NEVER
    }
    if (!fitsPlaces(parsed, wirePlaces)) {
      const message = `must have at most ${wirePlaces} places. ${agreed}`
      context.addIssue({ code: "custom", message })
      return z.NEVER
    }
    return parsed
  })

const switchedOn = z.boolean({ error: "must be true or false" })

/** The options of `medusa-regional-payments/providers/cashy`. */
export const cashyOptions = z
  .strictObject({
    ...commonOptions,
    baseUrl: gatewayAddress(`${toldByCashy}, one for each country, for testing and for production`),
    merchantId: requiredText(toldByCashy).regex(/^\d+$/, {
      error: `must be digits such as 1002001. ${toldByCashy}`,
    }),
    /** Signs what is sent and what is received. */
    apiKey: requiredSecret(toldByCashy),
    /** Accepted beside the key in use for callbacks, while a key is being changed. */
    previousApiKey: requiredSecret("Leave it out unless a key is being changed").optional(),
    /** The currency of your account with Cashy; payments come in no other. */
    currency: requiredText("It is the currency of your account with Cashy")
      .regex(/^[a-z]{3}$/i, { error: "must be a currency's code such as PKR" })
      .toLowerCase(),
    /** How the shopper pays, in Cashy's numbers. */
    payType: z
      .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], { error: notAPayType })
      .refine((number) => Number.isInteger(number) && number > 0, { error: notAPayType }),
    /** Where Cashy sends its callbacks: this store's webhook route. */
    notifyUrl: webAddress(
      "It is https://<your store's backend>/hooks/payment/cashy_cashy, with your provider's id at the end"
    ).max(longestNotifyUrl, {
      error: `has more than the ${longestNotifyUrl} characters that Cashy takes`,
    }),
    /** How long a payment can be made, in seconds. */
    expiresIn: z
      .int({ error: `must be a whole number. ${seconds}` })
      .min(shortestExpiry, { error: `must be at least ${shortestExpiry}. ${seconds}` })
      .max(longestExpiry, { error: `must be at most ${longestExpiry}. ${seconds}` })
      .default(3_600),
    /** What can be paid in one payment, in major units. */
    minAmount: amount.optional(),
    maxAmount: amount.optional(),
    /** Whether only whole amounts are charged. */
    wholeAmounts: switchedOn.optional(),
    /** Whether an order may be placed while its pay code is not paid yet. */
    placeOrderBeforePayment: switchedOn.default(false),
  })
  .superRefine(({ minAmount, maxAmount }, context) => {
    if (minAmount && maxAmount && compare(minAmount, maxAmount) > 0) {
      const message = `is less than minAmount. ${agreed}`
      context.addIssue({ code: "custom", path: ["maxAmount"], message })
    }
  })
  .transform((options) => ({
    ...options,
    wholeAmounts: options.wholeAmounts ?? wholeByDefault.includes(options.currency),
  }))

/**
 * Assumption: rupees of Pakistan have no places at Cashy: its table for a query gives amounts none, and a
 * payment whose paisa were lost on the way would never be found complete. A shop that knows better says so.
 */
const wholeByDefault: readonly string[] = ["pkr"]

export type CashyOptions = z.output<typeof cashyOptions>

function notAPayType({ input }: { input?: unknown }): string {
  return `${input === undefined ? "is missing" : "must be a whole number above zero"}. ${payTypes}`
}

function notAnAmount(): string {
  return `must be an amount above zero such as "100.00". ${agreed}`
}
