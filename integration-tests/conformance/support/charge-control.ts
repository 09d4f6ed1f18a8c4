import type { ChargeControl } from "../gateway-data"
import type { Store } from "./store"

/** What its sandbox does with charges; for the scenarios of gateways that have them. */
export function controlOf({ sandbox, gateway }: Store): ChargeControl {
  if (!sandbox.charging) {
    throw new Error(`The data of ${gateway.identifier} declare charges, and its sandbox has none`)
  }
  return sandbox.charging
}
