import { conformance } from "medusa-regional-payments/testing"
import { mocopay } from "./mocopay.data"

conformance(mocopay)
