import { cashy } from "./cashy.data"
import { conformance } from "../../src/testing/conformance/conformance"

conformance(cashy)
