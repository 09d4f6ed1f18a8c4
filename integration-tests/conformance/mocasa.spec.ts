import { conformance } from "./conformance"
import { mocasa } from "./mocasa.data"

conformance(mocasa)
