import { conformance } from "medusa-regional-payments/testing"
import { paymentzSavedCard } from "./paymentz.data"

conformance(paymentzSavedCard)
