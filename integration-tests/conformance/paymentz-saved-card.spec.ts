import { conformance } from "./conformance"
import { paymentzSavedCard } from "./paymentz-saved-card.data"

conformance(paymentzSavedCard)
