/**
 * The plugin and its providers as a shop lists them in medusa-config, with their options typed, so that an editor
 * completes them. Each function returns the entry that could be written by hand as well.
 *
 * Nothing is checked here: all options are when the store starts, in one message.
 */
import type { z } from "zod"
import type { payoutOptions } from "./modules/payout/options"
import type { csvOptions, sepaOptions } from "./payout-providers/bank-file/options"
import type { cashyPayoutOptions } from "./payout-providers/cashy/options"
import type { mocasaPayoutOptions } from "./payout-providers/mocasa/options"
import type { paymentzPayoutOptions } from "./payout-providers/paymentz/options"
import type { cashyOptions } from "./providers/cashy/options"
import type { kessOptions } from "./providers/kess/options"
import type { mocasaOptions } from "./providers/mocasa/options"
import type { mocopayOptions } from "./providers/mocopay/options"
import type { paymentzOptions } from "./providers/paymentz/options"

/** The plugin itself, for `plugins`. */
export function regionalPayments(options: PluginOptions = {}) {
  return { resolve: "medusa-regional-payments", options }
}

/** Mocasa Pay, for the providers of the payment module. */
export const mocasa = entry<Input<typeof mocasaOptions>>("providers", "mocasa")

/** MoCoPay, for the providers of the payment module. */
export const mocopay = entry<Input<typeof mocopayOptions>>("providers", "mocopay")

/** KESS Pay, for the providers of the payment module. */
export const kess = entry<Input<typeof kessOptions>>("providers", "kess")

/** Cashy, for the providers of the payment module. */
export const cashy = entry<Input<typeof cashyOptions>>("providers", "cashy")

/** Paymentz, for the providers of the payment module. */
export const paymentz = entry<Input<typeof paymentzOptions>>("providers", "paymentz")

/** Payouts through Mocasa, for `payouts.providers` of the plugin. */
export const mocasaPayouts = entry<Input<typeof mocasaPayoutOptions>>("payout-providers", "mocasa")

/** Payouts through Cashy, for `payouts.providers` of the plugin. */
export const cashyPayouts = entry<Input<typeof cashyPayoutOptions>>("payout-providers", "cashy")

/** Payouts through Paymentz, for `payouts.providers` of the plugin. */
export const paymentzPayouts = entry<Input<typeof paymentzPayoutOptions>>(
  "payout-providers",
  "paymentz"
)

/** Payouts by a file for the shop's bank, for `payouts.providers` of the plugin. */
export const bankFile = entry<Input<typeof sepaOptions> | Input<typeof csvOptions>>(
  "payout-providers",
  "bank-file"
)

/** The options of the plugin. */
export type PluginOptions = {
  /** Whom the shop pays, and who has to agree. Without it there are no payouts. */
  payouts?: PayoutOptions
}

type PayoutOptions = Given<Omit<z.input<typeof payoutOptions>, "providers">> & {
  /** Those below, and the shop's own, by what they are loaded from. */
  providers?: (ProviderEntry | { resolve: unknown; id?: string; options?: object })[]
}

/** A provider as Medusa's payment module and the plugin's option `payouts` list it. */
export type ProviderEntry = { resolve: string; id: string; options: Record<string, unknown> }

/**
 * @param name of the provider's folder, and its `id` where the shop gives it no other: a gateway that is listed
 * twice, for two accounts, needs two
 */
function entry<Options extends Record<string, unknown>>(
  folder: "providers" | "payout-providers",
  name: string
) {
  return ({ id = name, ...options }: WithId<Options>): ProviderEntry => ({
    resolve: `medusa-regional-payments/${folder}/${name}`,
    id,
    options,
  })
}

/** `id` is the second part of the provider's id in Medusa, `pp_<gateway>_<id>`, and of its webhook's address. */
type WithId<Options> = Options & { id?: string }

/**
 * What is written for a schema. Whatever has to be set has to be written down, and may yet be undefined as far as
 * TypeScript knows, because variables of the environment are.
 */
type Input<Schema extends z.ZodType> = Given<z.input<Schema>>

type Given<Value> = Value extends readonly (infer Item)[]
  ? Given<Item>[]
  : Value extends object
    ? { [Name in keyof Value]: Given<Value[Name]> | undefined }
    : Value
