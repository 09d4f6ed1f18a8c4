import { conformance } from "./conformance"
import { paymentzManual } from "./paymentz-manual.data"

conformance(paymentzManual)
