import { takeExceptionWorkflow } from "../../../../../../workflows"
import { onException } from "../../../exception-answers"

/** Whoever is logged in is at it from now on; what others hold is refused with 409 and their name. */
export const POST = onException(takeExceptionWorkflow)
