import { conformance } from "../../src/testing/conformance/conformance"
import { kessQuick } from "./kess.data"

conformance(kessQuick)
