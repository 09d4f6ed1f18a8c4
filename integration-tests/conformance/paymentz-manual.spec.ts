import { conformance } from "medusa-regional-payments/testing"
import { paymentzManual } from "./paymentz.data"

conformance(paymentzManual)
