import { conformance } from "./conformance"
import { kessQuick } from "./kess-quick.data"

conformance(kessQuick)
