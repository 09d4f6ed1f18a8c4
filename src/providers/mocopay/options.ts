import { z } from "zod"
import { fitsDecimals, isPositive, tryDecimal } from "../../gateways/shared/money"
import {
  commonOptions,
  gatewayAddress,
  requiredSecret,
  requiredText,
  webAddress,
} from "../base/options"
import type { SetUpHints } from "../base/errors"

const controlBox = "Find it in MoCoPay's control box: your service"
const whereBaseUrl = "Leave it out unless MoCoPay gave you an address for testing"
const priceList = "It is the price that MoCoPay set up for the pid"

const price = z
  .union([z.string().trim(), z.number()], { error: notAPrice })
  .transform((value, context) => {
    const amount = tryDecimal(value)
    if (amount === undefined || !isPositive(amount) || !fitsDecimals(amount, 4)) {
      context.addIssue({ code: "custom", message: notAPrice() })
      return z.NEVER
    }
    return amount
  })

function notAPrice(): string {
  return `must be an amount above zero such as "4.99", with at most 4 places. ${priceList}`
}

const product = z.strictObject(
  {
    pid: requiredText(`${controlBox}, then its products`),
    amount: price,
    currency: requiredText(priceList)
      .regex(/^[a-z]{3}$/i, { error: `must be a currency's code such as EUR. ${priceList}` })
      .toLowerCase(),
    /** A subscription charges the shopper again and again; its first series pays the order. */
    type: z
      .enum(["onetime", "subscription"], { error: 'must be "onetime" or "subscription"' })
      .default("onetime"),
  },
  { error: objectError }
)

type Product = z.infer<typeof product>

/**
 * The options of `medusa-regional-payments/providers/mocopay`: those of every gateway (`commonOptions` in
 * ../base/options.ts), and its own.
 */
export const mocopayOptions = z.strictObject({
  ...commonOptions,
  baseUrl: gatewayAddress(whereBaseUrl)
    .default("https://payment.mocopay.com")
    .describe("Only if MoCoPay gave you an address for testing."),
  apiKey: requiredText(controlBox).describe("MoCoPay's control box: your service."),
  secret: requiredSecret(controlBox).describe(
    "Beside the key; it signs every call. Keep it in an environment variable."
  ),
  products: z
    .array(product, { error: productsError })
    .min(1, { error: `is empty. ${priceList}` })
    .superRefine((products, context) => {
      for (const [index, message] of duplicates(products)) {
        context.addIssue({ code: "custom", path: [index], message })
      }
    })
    .describe(
      'Your price list at MoCoPay: `pid`, `amount` (a text such as `"4.99"`), `currency`, and `type`: `onetime` (without ' +
        "it) or `subscription`. One `pid` for each price: a payment is opened with the one product that costs exactly " +
        "what is to be paid. The currencies listed here are the ones the provider takes."
    ),
  callbackUrl: webAddress("Leave it out if it is set in MoCoPay's control box")
    .optional()
    .describe(
      "Where MoCoPay sends the shopper back to: your store's return route, as above. Leave it out only if it is set in " +
        "the control box."
    ),
  notifyUrl: webAddress("Leave it out if it is set in MoCoPay's control box")
    .optional()
    .describe(
      "Where MoCoPay sends its notifications, as above. Leave it out only if it is set in the control box."
    ),
  signaturePrefix: z
    .string({ error: 'must be a text such as "ApiKey"' })
    .trim()
    .default("ApiKey")
    .describe(
      'Set it to `""` if every call is refused although key and secret are right: MoCoPay\'s pages show the header both ways.'
    ),
  signatureAlgorithm: z
    .enum(["md5", "sha1"], { error: 'must be "md5" or "sha1"' })
    .default("md5")
    .describe(
      '`"md5"` or `"sha1"`. The same: MoCoPay\'s text names MD5, but its examples are as long as SHA-1.'
    ),
})

export type MocopayOptions = z.infer<typeof mocopayOptions>

function productsError({ input }: { input?: unknown }): string {
  return input === undefined
    ? `is missing. ${priceList}`
    : `must be a list such as [{ pid: "PP1", amount: "4.99", currency: "EUR" }]`
}

function objectError({ code }: { code?: string }): string | undefined {
  return code === "invalid_type"
    ? `must be an object such as { pid: "PP1", amount: "4.99", currency: "EUR" }`
    : undefined
}

/** Which of two products at one price a shopper gets must not be left to chance. */
function duplicates(products: readonly Product[]): [index: number, message: string][] {
  return products.flatMap((product, index): [number, string][] => {
    const before = products.slice(0, index)
    if (before.some(({ pid }) => pid === product.pid)) {
      return [[index, `repeats the pid ${product.pid}. A pid has one price`]]
    }
    const same = before.find(
      ({ amount, currency }) => amount === product.amount && currency === product.currency
    )
    return same
      ? [[index, `has the same price as the pid ${same.pid}. List only one pid for each price`]]
      : []
  })
}

/** What to look at where the gateway does not know the shop. */
export const mocopaySetUp: SetUpHints = {
  credentials: ["apiKey", "secret"],
  whereCredentials: controlBox,
  whereBaseUrl: whereBaseUrl,
}
