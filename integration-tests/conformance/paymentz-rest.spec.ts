import { conformance } from "./conformance"
import { paymentzRest } from "./paymentz-rest.data"

conformance(paymentzRest)
