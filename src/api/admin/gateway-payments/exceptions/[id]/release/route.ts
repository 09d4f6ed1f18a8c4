import { releaseExceptionWorkflow } from "../../../../../../workflows"
import { onException } from "../../../exception-answers"

/** Leaves it to others. */
export const POST = onException(releaseExceptionWorkflow)
