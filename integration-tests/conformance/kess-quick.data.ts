import type { GatewayData } from "./gateway-data"
import { kess, startSandbox } from "./kess.data"

/** The seller scans the shopper's code, and the shop's server charges it. */
export const kessQuick: GatewayData = {
  ...kess,
  variant: "quick",
  nextActions: ["none", "shopper_code"],
  charges: { asksForCode: true, belongsToCustomer: false, confirms: false },
  startSandbox: () => startSandbox({ mode: "quick", currency: "usd" }),
}
