import { closeExceptionWorkflow } from "../../../../../../workflows"
import { onException } from "../../../exception-answers"
import type { AdminCloseExceptionType } from "../../../validators"

export const POST = onException<AdminCloseExceptionType>(closeExceptionWorkflow)
