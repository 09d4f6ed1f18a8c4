import type { GatewayData } from "./gateway-data"
import { kess, startSandbox } from "./kess.data"

/** The shopper pays within the wallet's own app; the shop's server charges his code. */
export const kessJsapi: GatewayData = {
  ...kess,
  variant: "jsapi",
  nextActions: ["none", "shopper_code"],
  charges: { asksForCode: true, belongsToCustomer: false, confirms: false },
  startSandbox: () => startSandbox({ mode: "jsapi", currency: "usd" }),
}
