import { conformance } from "./conformance"
import { kessJsapi } from "./kess-jsapi.data"

conformance(kessJsapi)
