import { z } from "zod"
import { invalidData } from "./errors"
import type { Payer, PayerField } from "./payment-gateway"
import { isPlainObject } from "./plain-object"

const text = (longest: number) => z.string().trim().min(1).max(longest)

const payer = z
  .object({
    name: text(200),
    phone: text(50),
    email: text(200),
    id_number: text(50),
    id_type: text(50),
    country: text(2).min(2),
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
 * The storefront's wishes, without anything that is not listed. Null and an empty text count as absent:
 * Medusa clears a key with the one, a form sends the other.
 *
 * @throws MedusaError invalid_data that names each word that is wrong, such as `payer.email`
 */
export function readStorefrontInput(data: Record<string, unknown>): StorefrontInput {
  const result = storefrontInput.safeParse(withoutBlanks(data))
  if (result.success) {
    return result.data
  }
  const faults = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`)
  throw invalidData(`The payment session's data can't be used: ${faults.join("; ")}`)
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

function withoutBlanks(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== null && entry !== "")
      .map(([key, entry]) => [key, isPlainObject(entry) ? withoutBlanks(entry) : entry])
  )
}
