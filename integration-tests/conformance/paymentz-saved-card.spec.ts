import { conformance } from "../../src/testing/conformance/conformance"
import { paymentzSavedCard } from "./paymentz.data"

conformance(paymentzSavedCard)
