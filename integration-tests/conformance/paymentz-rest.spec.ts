import { conformance } from "../../src/testing/conformance/conformance"
import { paymentzRest } from "./paymentz.data"

conformance(paymentzRest)
