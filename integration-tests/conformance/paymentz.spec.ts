import { conformance } from "medusa-regional-payments/testing"
import { paymentz } from "./paymentz.data"

conformance(paymentz)
