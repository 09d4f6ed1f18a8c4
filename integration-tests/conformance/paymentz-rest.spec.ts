import { conformance } from "./conformance"
import { paymentzRest } from "./paymentz.data"

conformance(paymentzRest)
