import { paymentzPayouts } from "./paymentz.data"
import { payoutConformance } from "../../../src/testing/payout-conformance/payout-conformance"

payoutConformance(paymentzPayouts)
