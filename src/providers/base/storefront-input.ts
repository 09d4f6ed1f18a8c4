import { z } from "zod"
import { isStorable, unstorableAdvice, visibleName, visibleText } from "../../gateways/shared/text"
import { invalidData } from "./errors"
import type { Payer, PayerField } from "./payment-gateway"
import { shortened } from "./payer-problems"
import { isPlainObject } from "./plain-object"

/** More than any field takes: it is not even looked at. */
const longestText = 2_000

const isTwoLetters = (country: string) => /^[a-z]{2}$/i.test(country)

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

export type StorefrontInput = z.infer<typeof storefrontInput>

export const storefrontKeys: readonly string[] = Object.keys(storefrontInput.shape)

/**
 * The storefront's wishes, without anything that is not listed. Null and a text that shows nothing count as absent:
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
