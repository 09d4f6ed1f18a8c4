import type { ZodType } from "zod"
import { parseOptions } from "../../providers/base/options"

/** What a provider of payouts is called and what its options must look like. */
export type PayoutDefinition<Options> = {
  /** With `id: "x"` in the shop's config the provider is `po_<identifier>_x`. */
  identifier: string
  title: string
  options: ZodType<Options>
}

/** @throws MedusaError invalid_data naming each option that is wrong; it never holds a value */
export function payoutOptionsOf<Options>(
  definition: PayoutDefinition<Options>,
  options: unknown
): Options {
  return parseOptions(definition, options, "payout-providers")
}
