import { payoutConformance } from "medusa-regional-payments/testing"
import { acmePayouts } from "./acme-payouts.data"

payoutConformance(acmePayouts)
