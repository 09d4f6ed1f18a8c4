import type { Witness } from "../../support/witness"
import type { PayoutData } from "../payout-data"
import type { DeskSettings, PayoutDesk } from "./payout-desk"

/** What a theme's scenarios work with. The desk is closed when the scenario ends. */
export type PayoutSuite = {
  readonly data: PayoutData
  /** What its scenarios are called. */
  readonly name: string
  readonly openDesk: (settings?: DeskSettings) => Promise<PayoutDesk>
  readonly witness: Witness
  /** What of the payees must be seen nowhere. */
  readonly personal: ReadonlySet<string>
}
