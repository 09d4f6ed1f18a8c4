import { conformance } from "./conformance"
import { kessJsapi } from "./kess.data"

conformance(kessJsapi)
