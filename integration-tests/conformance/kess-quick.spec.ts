import { conformance } from "./conformance"
import { kessQuick } from "./kess.data"

conformance(kessQuick)
