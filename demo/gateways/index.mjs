import { cashy } from "./cashy.mjs"
import { kess } from "./kess.mjs"
import { mocasa } from "./mocasa.mjs"
import { mocopay } from "./mocopay.mjs"
import { paymentz } from "./paymentz.mjs"

/** @type {readonly import("./gateway.mjs").DemoGateway[]} */
export const gateways = [mocasa, kess, cashy, paymentz, mocopay]
