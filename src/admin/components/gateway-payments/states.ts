import { stateColors } from "../order/words"
import type { Payment } from "./api"

/** In the order in which the filter offers them. */
export const paymentStates = Object.keys(stateColors) as Payment["state"][]
