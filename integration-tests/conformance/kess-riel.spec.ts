import { conformance } from "../../src/testing/conformance/conformance"
import { kessRiel } from "./kess.data"

conformance(kessRiel)
