import { mocasa } from "./mocasa.mjs"

/** @type {readonly import("./gateway.mjs").DemoGateway[]} */
export const gateways = [mocasa]
