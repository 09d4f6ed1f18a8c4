import { cashy } from "./cashy.data"
import { conformance } from "medusa-regional-payments/testing"

conformance(cashy)
