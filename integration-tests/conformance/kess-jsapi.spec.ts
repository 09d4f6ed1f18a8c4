import { conformance } from "medusa-regional-payments/testing"
import { kessJsapi } from "./kess.data"

conformance(kessJsapi)
