import { cashy } from "./cashy.data"
import type { GatewayData } from "./gateway-data"
import { kess } from "./kess.data"
import { kessJsapi } from "./kess-jsapi.data"
import { kessQuick } from "./kess-quick.data"
import { kessRiel } from "./kess-riel.data"
import { mocasa } from "./mocasa.data"
import { mocopay } from "./mocopay.data"
import { paymentz } from "./paymentz.data"
import { paymentzManual } from "./paymentz-manual.data"
import { paymentzRest } from "./paymentz-rest.data"
import { paymentzSavedCard } from "./paymentz-saved-card.data"

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
