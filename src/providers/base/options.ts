/**
 * The options that all gateways share, and how a provider's options are checked when the store boots.
 */
import type { ConfigModule } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { z, type ZodType } from "zod"
import type { GatewayHttpOptions, GatewayTimeouts } from "../../gateways/shared/http"
import type { ConfigureHttp } from "../../gateways/shared/interceptors"
import { endpointProblem } from "../../gateways/shared/request"
import { Secret } from "../../gateways/shared/secret"
import { PAYMENT_JOURNAL_MODULE } from "../../modules/payment-journal/module-name"
import { checked, type Problem, problemLines } from "../../shared/validation"
import type { GatewayDefinition } from "./gateway"

/**
 * The options of a gateway, checked when the store boots.
 *
 * @throws MedusaError invalid_data that names each option that is wrong and where its value is found; it
 * never holds a value
 */
export function parseOptions<Options>(
  definition: Described<Options>,
  options: unknown,
  folder: ProviderFolder = "providers"
): Options {
  const result = checked(definition.options, options ?? {}, "option")
  if (result.success) {
    return result.data
  }
  throw new MedusaError(
    MedusaError.Types.INVALID_DATA,
    problemsSentence(definition, result.problems, { folder })
  )
}

export function optionProblems<Options>(
  definition: Described<Options>,
  options: unknown
): Problem[] {
  const result = checked(definition.options, options ?? {}, "option")
  return result.success ? [] : result.problems
}

/** Which provider of the shop's config it is about, and a line for each problem. */
export function problemsSentence(
  { identifier, title }: Pick<Described<unknown>, "identifier" | "title">,
  problems: readonly Problem[],
  { folder = "providers", id }: { folder?: ProviderFolder; id?: unknown } = {}
): string {
  const named = id === undefined ? "" : ` (id: ${JSON.stringify(id)})`
  return (
    `${title}: the options of medusa-regional-payments/${folder}/${identifier}${named} ` +
    `in medusa-config can't be used:\n${problemLines(problems).join("\n")}`
  )
}

type Described<Options> = Pick<GatewayDefinition<Options>, "identifier" | "title" | "options">

/** Where a provider of this package is loaded from. */
type ProviderFolder = "providers" | "payout-providers"

const defaultTimeoutMs = 15_000

/** What every gateway has, whatever it is asked for. */
export const callOptions = {
  timeoutMs: z
    .number({ error: "must be a number of milliseconds" })
    .int({ error: "must be a whole number of milliseconds" })
    .min(500, { error: "must be at least 500 milliseconds" })
    .max(120_000, { error: "must be at most 120000 milliseconds" })
    .default(defaultTimeoutMs)
    .describe("How long one call to the gateway may take in all, in milliseconds."),
  proxy: requiredText("It is the address of your HTTP proxy, such as http://proxy.example:3128")
    .refine(isProxyAddress, {
      error: "must be the address of an HTTP proxy, such as http://proxy.example:3128",
    })
    .transform((value) => Secret.of(value))
    .optional()
    .describe(
      "The address of an HTTP proxy, such as `http://user:password@proxy.example:3128`, that makes a tunnel (`CONNECT`) to the " +
        "gateway. [More](README.md#a-proxy-and-interceptors)"
    ),
  configureHttp: z
    .custom<ConfigureHttp>((value) => typeof value === "function", {
      error: "must be a function that is given an axios instance",
    })
    .optional()
    .describe(
      "A function that is given the axios instance of all calls to the gateway, once it is made, to add interceptors. " +
        "[More](README.md#a-proxy-and-interceptors)"
    ),
}

/** Without a path, which would be dropped. */
function isProxyAddress(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined
  return (
    (url?.protocol === "http:" || url?.protocol === "https:") &&
    url.pathname === "/" &&
    !/[?#\s]/.test(value)
  )
}

/** The options of calls, as `createGatewayHttp` takes them. */
export function callSettings({
  timeoutMs,
  proxy,
  configureHttp,
}: CallOptions): Pick<GatewayHttpOptions, "timeouts" | "proxy" | "configureHttp"> {
  return { timeouts: timeoutsWithin(timeoutMs), proxy, configureHttp }
}

/** The part of a provider's options that is about its calls. */
export type CallOptions = {
  timeoutMs: number
  proxy?: Secret | undefined
  configureHttp?: ConfigureHttp | undefined
}

/** Longer than a message is tried, which is a little more than a day, and a person needs to look at it. */
export const defaultUnprovenRetentionDays = 14

const days = z
  .number({ error: "must be a number of days" })
  .int({ error: "must be a whole number of days" })
  .min(1, { error: "must be at least 1 day" })

/** The options that every gateway has for payments. Their descriptions stand in the docs, which `npm run docs:tables` writes. */
export const commonOptions = {
  ...callOptions,
  environment: z
    .enum(["live", "test"], {
      error: 'must be "live" or "test". Leave it out if you do not know: it is only shown to you',
    })
    .optional()
    .describe(
      '`"live"` or `"test"`: whether money moves in this account. Only the page ' +
        "[Payment gateways](../operations.md#is-it-set-up-right) shows it, where the address of the gateway does not tell."
    ),
  storefrontUrl: webAddress("It is the page of your storefront that waits for the payment's result")
    .optional()
    .describe(
      "The page of your storefront to which a shopper is sent on from the return route, where the session named no `return_url`."
    ),
  allowedReturnOrigins: z
    .array(
      z.string().refine((value) => URL.canParse(value) && new URL(value).origin === value, {
        error: "must be origins such as https://shop.example, without a path or a slash at the end",
      }),
      { error: "must be a list of origins such as https://shop.example" }
    )
    .default([])
    .describe(
      "Further origins, such as `https://m.shop.example`, to which your storefront may have a shopper sent back by `return_url`. " +
        "That of `storefrontUrl`, and of a `returnUrl` that is a page of the storefront's, need not be listed."
    ),
  refundUnmatched: z
    .boolean({ error: "must be true or false" })
    .default(false)
    .describe(
      "`true` has money that belongs to no order refunded by itself where the gateway can."
    ),
  webhookRetentionDays: days
    .default(90)
    .describe("For how long the masked text of a webhook is kept, in days."),
  unprovenWebhookRetentionDays: days
    .default(defaultUnprovenRetentionDays)
    .describe("After how many days a webhook that nobody proved to have sent is deleted."),
}

/** `where` tells the merchant where the value is found; it ends up in the message at boot. */
export function requiredText(where: string) {
  return z
    .string({
      error: ({ input }) =>
        input === undefined ? `is missing. ${where}` : `must be a text. ${where}`,
    })
    .trim()
    .min(1, { error: `is empty. ${where}`, abort: true })
}

export function requiredSecret(where: string): ZodType<Secret, string> {
  return requiredText(where).transform((value) => Secret.of(value))
}

/** The address of a gateway: https, except on this machine itself. */
export function gatewayAddress(where: string) {
  return requiredText(where).superRefine((value, context) => {
    const problem = endpointProblem(value)
    if (problem !== undefined) {
      context.addIssue({ code: "custom", message: `${problem}. ${where}` })
    }
  })
}

export function webAddress(where: string) {
  return requiredText(where).refine((value) => /^https?:\/\//.test(value) && URL.canParse(value), {
    error: `must be a full address such as https://shop.example/checkout/return. ${where}`,
  })
}

/**
 * How a gateway's one time-out is shared out. Nobody waits long for a connection that is not made, most of it
 * is for the gateway to think, and what is left is for its answer to come, however slowly.
 * - a third, and five seconds at most: the connection
 * - four fifths: from there to the first byte of the answer
 * - a third: a silence within the answer
 *
 * @param totalMs at least 500
 */
export function timeoutsWithin(totalMs: number): Omit<GatewayTimeouts, "idleMs"> {
  const third = Math.round(totalMs / 3)
  return {
    connectMs: Math.min(longestConnectMs, third),
    headersMs: Math.round(totalMs * 0.8),
    bodyMs: third,
    totalMs,
  }
}

const longestConnectMs = 5_000

/**
 * Loaded with every provider of this package, of payments or of payouts. Without the plugin there are no tables to write to and no
 * middlewares to guard the store's routes, so the store must not start.
 *
 * @throws MedusaError with the line to add to medusa-config
 */
export async function requirePlugin({
  container,
}: {
  container: { resolve(key: string): unknown }
}): Promise<void> {
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE) as ConfigModule
  if (!config.modules?.[PAYMENT_JOURNAL_MODULE]) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "A provider of medusa-regional-payments is configured, but the plugin itself is not. " +
        'Add { resolve: "medusa-regional-payments", options: {} } to `plugins` in medusa-config ' +
        "and run `npx medusa db:migrate`"
    )
  }
}
