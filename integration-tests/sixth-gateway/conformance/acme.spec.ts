import { conformance } from "medusa-regional-payments/testing"
import { acme } from "./acme.data"

conformance(acme)
