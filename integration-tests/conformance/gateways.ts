import { cashy } from "./cashy.data"
import type { GatewayData } from "../../src/testing/conformance/gateway-data"
import { kess, kessJsapi, kessQuick, kessRiel } from "./kess.data"
import { mocasa } from "./mocasa.data"
import { mocopay } from "./mocopay.data"
import { paymentz, paymentzManual, paymentzRest, paymentzSavedCard } from "./paymentz.data"

/** Every gateway in every way to use it; each has a spec of its own, so that they run side by side. */
export const gateways: readonly GatewayData[] = [
  mocasa,
  mocopay,
  kess,
  kessQuick,
  kessJsapi,
  kessRiel,
  cashy,
  paymentz,
  paymentzManual,
  paymentzRest,
  paymentzSavedCard,
]
