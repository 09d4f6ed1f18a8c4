import { conformance } from "./conformance"
import { mocopay } from "./mocopay.data"

conformance(mocopay)
