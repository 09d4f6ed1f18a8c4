import { conformance } from "./conformance"
import { paymentz } from "./paymentz.data"

conformance(paymentz)
