import { paymentzPayouts } from "./paymentz.data"
import { payoutConformance } from "./payout-conformance"

payoutConformance(paymentzPayouts)
