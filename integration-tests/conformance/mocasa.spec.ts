import { conformance } from "medusa-regional-payments/testing"
import { mocasa } from "./mocasa.data"

conformance(mocasa)
