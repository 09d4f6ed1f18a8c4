import { conformance } from "../../src/testing/conformance/conformance"
import { kess } from "./kess.data"

conformance(kess)
