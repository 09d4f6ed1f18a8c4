import { conformance } from "../../src/testing/conformance/conformance"
import { mocasa } from "./mocasa.data"

conformance(mocasa)
