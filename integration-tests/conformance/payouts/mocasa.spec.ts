import { mocasaPayouts } from "./mocasa.data"
import { payoutConformance } from "./payout-conformance"

payoutConformance(mocasaPayouts)
