import { cashy } from "./cashy.data"
import { conformance } from "./conformance"

conformance(cashy)
