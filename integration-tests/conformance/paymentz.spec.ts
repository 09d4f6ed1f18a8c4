import { conformance } from "../../src/testing/conformance/conformance"
import { paymentz } from "./paymentz.data"

conformance(paymentz)
