import { conformance } from "./conformance"
import { paymentzManual } from "./paymentz.data"

conformance(paymentzManual)
