import { conformance } from "medusa-regional-payments/testing"
import { kessQuick } from "./kess.data"

conformance(kessQuick)
