import { conformance } from "../../src/testing/conformance/conformance"
import { mocopay } from "./mocopay.data"

conformance(mocopay)
