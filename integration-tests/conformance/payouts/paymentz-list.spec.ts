import { paymentzListPayouts } from "./paymentz-list.data"
import { payoutConformance } from "../../../src/testing/payout-conformance/payout-conformance"

payoutConformance(paymentzListPayouts)
