import { conformance } from "medusa-regional-payments/testing"
import { kess } from "./kess.data"

conformance(kess)
