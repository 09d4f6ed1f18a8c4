import { cashyPayouts } from "./cashy.data"
import { payoutConformance } from "../../../src/testing/payout-conformance/payout-conformance"

payoutConformance(cashyPayouts)
