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
  baseUrl: gatewayAddress(whereBaseUrl).default("https://payment.mocopay.com"),
  apiKey: requiredText(controlBox),
  secret: requiredSecret(controlBox),
  /** What can be bought: a payment is opened with the one product that costs exactly what is to be paid. */
  products: z
    .array(product, { error: productsError })
    .min(1, { error: `is empty. ${priceList}` })
    .superRefine((products, context) => {
      for (const [index, message] of duplicates(products)) {
        context.addIssue({ code: "custom", path: [index], message })
      }
    }),
  /** Where MoCoPay sends the shopper back to: this store's own return route. */
  callbackUrl: webAddress("Leave it out if it is set in MoCoPay's control box").optional(),
  /** Where MoCoPay sends its notifications. */
  notifyUrl: webAddress("Leave it out if it is set in MoCoPay's control box").optional(),
  signaturePrefix: z.string({ error: 'must be a text such as "ApiKey"' }).trim().default("ApiKey"),
  signatureAlgorithm: z.enum(["md5", "sha1"], { error: 'must be "md5" or "sha1"' }).default("md5"),
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
