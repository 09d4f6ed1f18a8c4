import { conformance } from "../../src/testing/conformance/conformance"
import { kessJsapi } from "./kess.data"

conformance(kessJsapi)
