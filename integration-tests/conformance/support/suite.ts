import type { GatewayData } from "../gateway-data"
import type { Store, StoreSettings } from "./store"
import type { Witness } from "./witness"

/** The store is closed when the scenario ends. */
export type OpenStore = (settings?: StoreSettings) => Promise<Store>

/** What a theme's scenarios work with. */
export type Suite = {
  readonly gateway: GatewayData
  /** What its scenarios are called. */
  readonly name: string
  readonly openStore: OpenStore
  readonly witness: Witness
}
