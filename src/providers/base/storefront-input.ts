/**
 * What a storefront, a shopper or the shop's own server wants of an order beside its amount, read from the data of a
 * payment session: what is not listed is dropped, what the gateway does not need is not passed on.
 */
import { z } from "zod"
import { isStorable, unstorableAdvice, visibleName, visibleText } from "../../gateways/shared/text"
import type { PaymentPurpose } from "../../modules/payment-journal/repositories/payment-requests"
import { isPlainObject } from "../../shared/validation"
import { invalidData } from "./errors"
import type {
  GatewayCapabilities,
  LifecycleOptions,
  OrderToOpen,
  Payer,
  PayerField,
  PayerRule,
} from "./gateway"

/**
 * @throws MedusaError invalid_data for words that can't be used, or an address that is not allowed
 */
export function readShopperInput(
  data: Record<string, unknown>,
  rules: GatewayCapabilities["payer"],
  allowedReturnOrigins: readonly string[],
  { customer, purpose }: KnownByServer
): ShopperInput {
  const input = readStorefrontInput(data, optionalFields(rules))
  const known = readStorefrontInput({ payer: payerOf(customer) }, allFields).payer
  const isLink = purpose === "link"
  // A link is sent to a person: their address and name go with it and are kept nowhere.
  const needed = isLink ? [...payerFields(rules), ...addressee] : payerFields(rules)
  const payer = neededPayer({ payer: { ...known, ...input.payer } }, needed)
  return {
    payer: fittingPayer(rules, payer),
    returnUrl: allowedReturnUrl(input.return_url, allowedReturnOrigins),
    language: input.language,
    authCode: input.auth_code,
    savedMethodId: input.saved_method_id,
    saveMethod: input.save_method,
    paymentMode: input.payment_mode,
    paymentBrand: input.payment_brand,
    recurring: purpose === "charge" ? "repeated" : undefined,
    invoice: isLink || undefined,
  }
}

/** What the shopper, the storefront or the shop's own workflow wants of an order, beside its amount. */
export type ShopperInput = Omit<OrderToOpen, "reference" | "amount" | "currency" | "customerId">

/** What is not the storefront's to say; `purpose` only where the shop's own server asked for the payment. */
type KnownByServer = { customer?: KnownCustomer; purpose?: PaymentPurpose }

/** The logged-in customer, as Medusa hands it to a provider; it never hands over the cart's addresses. */
type KnownCustomer = {
  email?: string | null
  first_name?: string | null
  last_name?: string | null
  phone?: string | null
}

function payerOf(customer: KnownCustomer | undefined): Payer {
  const name = [customer?.first_name, customer?.last_name].filter((part) => part).join(" ")
  return {
    ...(name ? { name } : {}),
    ...(customer?.email ? { email: customer.email } : {}),
    ...(customer?.phone ? { phone: customer.phone } : {}),
  }
}

const addressee: readonly PayerField[] = ["name", "email"]

/**
 * The storefront's requests, without anything that is not listed. Null and a text that shows nothing count as absent:
 * Medusa clears a key with the one, a form sends the other.
 *
 * @param optional what of the payer can be absent: where it is too long it is written shorter or left out, because
 * it must not keep anybody from paying. The same goes for the language.
 * @throws MedusaError invalid_data that names each word that is wrong, such as `payer.email`
 */
export function readStorefrontInput(
  data: Record<string, unknown>,
  optional: readonly PayerField[] = []
): StorefrontInput {
  const result = storefrontInput.safeParse(withoutUnusable(told(data), optional))
  if (result.success) {
    return result.data
  }
  const faults = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`)
  throw invalidData(`The payment session's data can't be used: ${faults.join("; ")}`)
}

/** More than any field takes: it is not even looked at. */
const longestText = 2_000

const isTwoLetters = (country: string) => /^[a-z]{2}$/i.test(country)

const payer = z
  .object({
    name: text(200, visibleName),
    phone: text(50),
    email: text(200),
    id_number: text(50),
    id_type: text(50),
    country: text(2).refine(isTwoLetters, { error: "must be two letters, such as PH" }),
  })
  .partial()

/**
 * All that a storefront may put into a payment session's `data`, the same words for all gateways. What is
 * not listed here is dropped before it is stored.
 */
const storefrontInput = z
  .object({
    payer,
    return_url: text(2000),
    auth_code: text(64),
    saved_method_id: text(200),
    save_method: z.boolean(),
    payment_mode: text(20),
    payment_brand: text(20),
    language: text(10),
  })
  .partial()

type StorefrontInput = z.infer<typeof storefrontInput>

export const storefrontKeys: readonly string[] = Object.keys(storefrontInput.shape)

/** A text of one line, as its writer meant it. */
function text(longest: number, visible = visibleText) {
  return z
    .string({ error: "must be a text" })
    .max(longestText, tooLong(longestText))
    .refine(isStorable, { error: unstorableAdvice, abort: true })
    .transform(visible)
    .pipe(z.string().max(longest, tooLong(longest)))
}

function tooLong(longest: number) {
  return { error: `has more than ${longest} characters` }
}

function told({ payer, ...data }: Record<string, unknown>): Record<string, unknown> {
  return withoutBlanks({ ...data, payer: isPlainObject(payer) ? withoutBlanks(payer) : payer })
}

function withoutBlanks(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([, entry]) => entry !== undefined && entry !== null && !isBlank(entry)
    )
  )
}

function isBlank(entry: unknown): boolean {
  return typeof entry === "string" && visibleText(entry) === ""
}

function withoutUnusable(
  { language, ...data }: Record<string, unknown>,
  optional: readonly PayerField[]
): Record<string, unknown> {
  const isLeftOut =
    language === undefined || isUnusableText(storefrontInput.shape.language, language)
  const usable = isLeftOut ? {} : { language }
  if (!isPlainObject(data.payer)) {
    return { ...data, ...usable }
  }
  const fields = Object.entries(data.payer).flatMap(([field, value]): [string, unknown][] => {
    // A country's code is no shopper's writing: a wrong one is a mistake of the storefront's.
    const known = optional.find((name) => name === field && name !== "country")
    if (!known || !isUnusableText(payer.shape[known], value)) {
      return [[field, value]]
    }
    const shorter = shortened(known, String(value))
    return isUnusableText(payer.shape[known], shorter) ? [] : [[field, shorter]]
  })
  return { ...data, ...usable, payer: Object.fromEntries(fields) }
}

/** What a database can't keep is not among it: whoever sends such a text is told so. */
function isUnusableText(schema: z.ZodType, value: unknown): boolean {
  return typeof value === "string" && isStorable(value) && !schema.safeParse(value).success
}

/** Only what the gateway needs of the payer. */
export function neededPayer(input: StorefrontInput, needed: readonly PayerField[]): Payer {
  const known = input.payer ?? {}
  return Object.fromEntries(
    needed.flatMap((field) => {
      const value = known[field]
      return value === undefined ? [] : [[field, value]]
    })
  )
}

/**
 * All that is missing or too long, in the words of `session.data.payer`; undefined where nothing is. It holds
 * no value: those are personal.
 */
export function payerProblems(
  rules: GatewayCapabilities["payer"],
  payer: Payer
): string | undefined {
  const problems = payerFields(rules).flatMap((field) => {
    const rule = rules[field]
    const value = payer[field]
    if (value === undefined || value === "") {
      return rule?.required ? [`payer.${field} is missing (${nouns[field]})`] : []
    }
    return rule && !fits(rule, value)
      ? [`payer.${field} has ${[...value].length} characters, at most ${rule.maxLength} are taken`]
      : []
  })
  return problems.length > 0 ? problems.join("; ") : undefined
}

/** What a person calls each field, and where it can come from. */
const nouns: Readonly<Record<PayerField, string>> = {
  name: "the payer's name",
  phone: "the payer's phone number",
  email: "the payer's e-mail address",
  id_number: "the payer's identity number",
  id_type: "the kind of the identity number",
  country: "the payer's country",
}

/**
 * The payer as a gateway takes it: what is too long is written shorter where that harms nothing, and left out where
 * it is optional. What is required and still too long stays, for `payerProblems` to name.
 */
export function fittingPayer(rules: GatewayCapabilities["payer"], payer: Payer): Payer {
  return Object.fromEntries(
    allFields.flatMap((field) => {
      const value = payer[field]
      const rule = rules[field]
      if (value === undefined || !rule || fits(rule, value)) {
        return value === undefined ? [] : [[field, value]]
      }
      const shorter = shortened(field, value)
      const isUsable = fits(rule, shorter)
      return isUsable || rule.required ? [[field, isUsable ? shorter : value]] : []
    })
  )
}

function fits({ maxLength }: PayerRule, value: string): boolean {
  return maxLength === undefined || [...value].length <= maxLength
}

/** A phone number without what only helps to read it, and without its extension, which no gateway can dial. */
function shortened(field: PayerField, value: string): string {
  if (field !== "phone") {
    return value
  }
  const [number = ""] = value.slice(0, 200).split(/[^\d\s()./+-]/)
  return `${/^\s*\+/.test(number) ? "+" : ""}${number.replace(/\D/g, "")}`
}

/** What of the payer a gateway does not insist on, whether it is told of it or not. */
export function optionalFields(rules: GatewayCapabilities["payer"]): PayerField[] {
  return allFields.filter((field) => !rules[field]?.required)
}

/** The fields of the payer that a gateway is told. */
export function payerFields(rules: GatewayCapabilities["payer"]): PayerField[] {
  return allFields.filter((field) => rules[field] !== undefined)
}

export const allFields: readonly PayerField[] = [
  "name",
  "phone",
  "email",
  "id_number",
  "id_type",
  "country",
]

/**
 * The address a storefront wants its shopper sent back to, if the shop allows its origin. Without this
 * check the shop's name would send people to any page of the internet.
 *
 * @throws MedusaError invalid_data, naming the option that would allow the address
 */
export function allowedReturnUrl(
  input: string | undefined,
  allowedOrigins: readonly string[]
): string | undefined {
  if (input === undefined) {
    return undefined
  }
  const url = URL.canParse(input) ? new URL(input) : undefined
  const harmless =
    url !== undefined &&
    (url.protocol === "https:" || url.protocol === "http:") &&
    url.username === "" &&
    url.password === ""
  if (!harmless || !allowedOrigins.includes(url.origin)) {
    throw invalidData(
      `return_url is not allowed: its origin must be one of the option allowedReturnOrigins (${
        allowedOrigins.join(", ") || "none is set"
      })`
    )
  }
  return url.href
}

/** This store's own return route: its host is the backend's, and no page of the storefront's is there. */
const returnRoute = /\/payments\/[^/]+\/return\/?$/

/** The origins that the option lists, and those of the storefront's pages that other options name. */
export function returnOrigins({
  allowedReturnOrigins,
  storefrontUrl,
  returnUrl,
}: Pick<LifecycleOptions, "allowedReturnOrigins" | "storefrontUrl" | "returnUrl">): string[] {
  const pages = [storefrontUrl, returnUrl].flatMap((page) =>
    page !== undefined && URL.canParse(page) ? [new URL(page)] : []
  )
  const own = pages
    .filter(({ pathname }) => !returnRoute.test(pathname))
    .map(({ origin }) => origin)
  return [...new Set([...allowedReturnOrigins, ...own])]
}

/** The ISO 639-1 code of a storefront's `language`, such as `el`, `hr` or `en-US`; undefined where it is none. */
export function languageOf(language: string | undefined): string | undefined {
  return /^([a-z]{2})(?:[-_]|$)/i.exec(language ?? "")?.[1]?.toLowerCase()
}
