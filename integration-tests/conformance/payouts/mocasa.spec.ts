import { mocasaPayouts } from "./mocasa.data"
import { payoutConformance } from "../../../src/testing/payout-conformance/payout-conformance"

payoutConformance(mocasaPayouts)
