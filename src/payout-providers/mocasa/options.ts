import { z } from "zod"
import { callOptions } from "../../providers/base/options"
import { mocasaAccountOptions } from "../../providers/mocasa/options"

/** The options of `medusa-regional-payments/payout-providers/mocasa`. */
export const mocasaPayoutOptions = z.strictObject({ ...callOptions, ...mocasaAccountOptions })

export type MocasaPayoutOptions = z.infer<typeof mocasaPayoutOptions>
