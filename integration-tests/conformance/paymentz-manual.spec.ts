import { conformance } from "../../src/testing/conformance/conformance"
import { paymentzManual } from "./paymentz.data"

conformance(paymentzManual)
