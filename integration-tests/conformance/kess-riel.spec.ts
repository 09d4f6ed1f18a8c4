import { conformance } from "medusa-regional-payments/testing"
import { kessRiel } from "./kess.data"

conformance(kessRiel)
