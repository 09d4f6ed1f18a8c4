import { z } from "zod"
import { commonOptions } from "../base/options"
import { cashyAccountOptions, checkLimits, isWhole, notifyUrl, switchedOn } from "./account-options"

const payTypes = "See Cashy's Payin PayType Enum for your country; in Pakistan 36 or 38"
const seconds = "It is a number of seconds, such as 3600 for an hour"

const shortestExpiry = 60
/** Whoever writes milliseconds is told so. */
export const longestExpiryDays = 30
const longestExpiry = longestExpiryDays * 24 * 60 * 60

/** The options of `medusa-regional-payments/providers/cashy`. */
export const cashyOptions = z
  .strictObject({
    ...commonOptions,
    ...cashyAccountOptions,
    /** How the shopper pays, in Cashy's numbers. */
    payType: z
      .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], { error: notAPayType })
      .refine((number) => Number.isInteger(number) && number > 0, { error: notAPayType }),
    notifyUrl: notifyUrl(
      "It is https://<your store's backend>/hooks/payment/cashy_cashy, with your provider's id at the end"
    ),
    /** How long a payment can be made, in seconds. */
    expiresIn: z
      .int({ error: `must be a whole number. ${seconds}` })
      .min(shortestExpiry, { error: `must be at least ${shortestExpiry}. ${seconds}` })
      .max(longestExpiry, { error: `must be at most ${longestExpiry}. ${seconds}` })
      .default(3_600),
    /** Whether an order may be placed while its pay code is not paid yet. */
    placeOrderBeforePayment: switchedOn.default(false),
  })
  .superRefine(checkLimits)
  .transform((options) => ({ ...options, wholeAmounts: isWhole(options) }))

export type CashyOptions = z.output<typeof cashyOptions>

function notAPayType({ input }: { input?: unknown }): string {
  return `${input === undefined ? "is missing" : "must be a whole number above zero"}. ${payTypes}`
}
