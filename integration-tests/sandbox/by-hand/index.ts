import type { ByHand } from "./by-hand"
import { cashy } from "./cashy"
import { kess } from "./kess"
import { mocasa } from "./mocasa"
import { mocopay } from "./mocopay"
import { paymentz } from "./paymentz"

/** Every gateway's sandbox. Each has a port of its own, by its place here. */
export const gateways: readonly ByHand[] = [mocasa, mocopay, kess, cashy, paymentz]
