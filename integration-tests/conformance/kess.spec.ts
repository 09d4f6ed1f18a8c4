import { conformance } from "./conformance"
import { kess } from "./kess.data"

conformance(kess)
