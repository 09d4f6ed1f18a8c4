import type { GatewayData } from "./gateway-data"
import { mocasa } from "./mocasa.data"

/** Every gateway of the plugin; each has a spec of its own, so that they run side by side. */
export const gateways: readonly GatewayData[] = [mocasa]
