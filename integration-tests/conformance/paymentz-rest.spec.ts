import { conformance } from "medusa-regional-payments/testing"
import { paymentzRest } from "./paymentz.data"

conformance(paymentzRest)
