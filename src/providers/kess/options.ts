import { z } from "zod"
import { compare, decimal, fitsDecimals, isPositive, tryDecimal } from "../../gateways/shared/money"
import { defaultPaths } from "../../gateways/kess/errors"
import { commonOptions, gatewayAddress, requiredSecret, requiredText } from "../base/options"
import type { SetUpHints } from "../base/errors"

const fromKess = "KESS tells it to each merchant with the credentials"

/** Sent as it is given, so that a store can be named as KESS names it: `109038` or `"109038"`. */
function numberOrText(where: string) {
  const error = ({ input }: { input?: unknown }) =>
    input === undefined
      ? `is missing. ${where}`
      : `must be a whole number or a text that is not empty. ${where}`
  return z.union([z.string().trim().min(1, { error }), z.int({ error }).nonnegative({ error })], {
    error,
  })
}

function oneOf<const Words extends readonly [string, ...string[]]>(words: Words, where: string) {
  const listed = words.map((word) => `"${word}"`).join(" or ")
  return z.enum(words, {
    error: ({ input }) =>
      input === undefined ? `is missing. ${where}` : `must be ${listed}. ${where}`,
  })
}

const notAFee =
  'must be a percentage from 0.0001 to 100 such as "2". Leave it out if the shop bears the fee'
const hundred = decimal("100")

const feeRate = z
  .union([z.string().trim(), z.number()], { error: notAFee })
  .transform((value, context) => {
    const rate = tryDecimal(value)
    if (
      rate === undefined ||
      !isPositive(rate) ||
      compare(rate, hundred) > 0 ||
      !fitsDecimals(rate, 4)
    ) {
      context.addIssue({ code: "custom", message: notAFee })
      return z.NEVER
    }
    return rate
  })

const path = (usual: string) =>
  requiredText("Leave it out unless KESS named another")
    .regex(/^(\/[\w-][\w.-]*)+$/, { error: `must be a path such as ${usual}` })
    .default(usual)

/**
 * The options of `medusa-regional-payments/providers/kess`: those of every gateway (`commonOptions` in
 * ../base/options.ts), and its own.
 */
export const kessOptions = z.strictObject({
  ...commonOptions,
  /** The address of KESS's API; it is not on the page of the API. */
  baseUrl: gatewayAddress(fromKess),
  username: requiredText(fromKess),
  password: requiredSecret(fromKess),
  storeId: numberOrText(fromKess),
  serviceId: numberOrText("It names the wallet. In KESS's examples 2 is Alipay and 30 WeChat Pay"),
  /** How the shopper pays: scans a QR, shows a code to the seller, or pays within the wallet's app. */
  mode: oneOf(
    ["native", "quick", "jsapi"],
    "native shows a QR; the others need the shopper's code"
  ),
  /** The one currency of the store at KESS. */
  currency: oneOf(["usd", "khr"], "It is the currency that KESS set for your store"),
  subStoreId: numberOrText("Leave it out unless KESS gave you one").optional(),
  /** What the shopper's app shows as the shop. */
  subStoreName: requiredText("Leave it out to show the name of your store at KESS").optional(),
  /** In percent; the shopper pays it on top. */
  feeRate: feeRate.optional(),
  paths: z
    .strictObject(
      {
        token: path(defaultPaths.token),
        nativePay: path(defaultPaths.nativePay),
        quickPay: path(defaultPaths.quickPay),
        jsapiPay: path(defaultPaths.jsapiPay),
        refund: path(defaultPaths.refund),
        checkPaymentStatus: path(defaultPaths.checkPaymentStatus),
        checkRefundStatus: path(defaultPaths.checkRefundStatus),
      },
      {
        error: ({ code }) =>
          code === "invalid_type"
            ? 'must be an object such as { nativePay: "/native-pay" }'
            : undefined,
      }
    )
    .prefault({}),
})

export type KessOptions = z.infer<typeof kessOptions>

/** What to look at where the gateway does not know the shop. */
export const kessSetUp: SetUpHints = {
  credentials: ["username", "password"],
  whereCredentials: fromKess,
  whereBaseUrl: fromKess,
}
