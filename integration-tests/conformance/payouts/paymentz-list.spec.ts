import { paymentzListPayouts } from "./paymentz-list.data"
import { payoutConformance } from "./payout-conformance"

payoutConformance(paymentzListPayouts)
