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
  baseUrl: gatewayAddress(fromKess).describe(
    "The address of KESS's API. It is not published: KESS tells it to each merchant with the credentials."
  ),
  username: requiredText(fromKess).describe("KESS tells it to each merchant."),
  password: requiredSecret(fromKess).describe(
    "Beside the user name. Keep it in an environment variable."
  ),
  storeId: numberOrText(fromKess).describe(
    "Your store at KESS, a number or a text: it is sent as you write it."
  ),
  serviceId: numberOrText(
    "It names the wallet. In KESS's examples 2 is Alipay and 30 WeChat Pay"
  ).describe(
    "The wallet. In KESS's examples `2` is Alipay and `30` is WeChat Pay; ask KESS for the numbers of your account, and write " +
      "it as a number: a text, such as a variable of the environment, is sent as a text, which KESS's pages do not show."
  ),
  mode: oneOf(
    ["native", "quick", "jsapi"],
    "native shows a QR; the others need the shopper's code"
  ).describe(
    "How the shopper pays: `native` (scans a QR), `quick` (shows a code to the seller) or `jsapi`, see above."
  ),
  currency: oneOf(["usd", "khr"], "It is the currency that KESS set for your store").describe(
    "`usd` or `khr`, whichever KESS set for your store: it can't be chosen for each payment. Allow the provider only in " +
      "regions with it."
  ),
  subStoreId: numberOrText("Leave it out unless KESS gave you one")
    .optional()
    .describe("Only if you have several shops at KESS."),
  subStoreName: requiredText("Leave it out to show the name of your store at KESS")
    .optional()
    .describe("Beside it: the name that the shopper's app shows."),
  feeRate: feeRate
    .optional()
    .describe(
      'A percentage that the shopper pays on top, such as `"2"`. Without it nothing is added.'
    ),
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
    .prefault({})
    .describe(
      `Only if KESS named other paths. Any of ${Object.entries(defaultPaths)
        .map(([name, path]) => `\`${name}\` (\`${path}\`)`)
        .join(", ")}.`
    ),
})

export type KessOptions = z.infer<typeof kessOptions>

/** What to look at where the gateway does not know the shop. */
export const kessSetUp: SetUpHints = {
  credentials: ["username", "password"],
  whereCredentials: fromKess,
  whereBaseUrl: fromKess,
}
