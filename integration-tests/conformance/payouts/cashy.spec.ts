import { cashyPayouts } from "./cashy.data"
import { payoutConformance } from "./payout-conformance"

payoutConformance(cashyPayouts)
