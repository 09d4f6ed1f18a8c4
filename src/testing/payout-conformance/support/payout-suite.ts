import type { Witness } from "../../conformance/support/witness"
import type { PayoutData } from "../payout-data"
import type { ClientSettings, PayoutClient } from "./payout-client"

/** What a theme's scenarios work with. The client is closed when the scenario ends. */
export type PayoutSuite = {
  readonly data: PayoutData
  /** What its scenarios are called. */
  readonly name: string
  readonly openClient: (settings?: ClientSettings) => Promise<PayoutClient>
  readonly witness: Witness
  /** What of the payees must be seen nowhere. */
  readonly personal: ReadonlySet<string>
}
