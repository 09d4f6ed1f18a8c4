import { conformance } from "./conformance"
import { paymentzSavedCard } from "./paymentz.data"

conformance(paymentzSavedCard)
