import { conformance } from "./conformance"
import { kessRiel } from "./kess.data"

conformance(kessRiel)
