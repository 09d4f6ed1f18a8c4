import { conformance } from "./conformance"
import { kessRiel } from "./kess-riel.data"

conformance(kessRiel)
