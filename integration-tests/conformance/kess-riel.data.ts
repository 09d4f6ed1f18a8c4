import type { GatewayData } from "./gateway-data"
import { kess, startSandbox } from "./kess.data"

/** A store whose currency at KESS is the riel, which has no decimal places. */
export const kessRiel: GatewayData = {
  ...kess,
  variant: "riel",
  currencies: { khr: 0 },
  startSandbox: () => startSandbox({ mode: "native", currency: "khr" }),
}
