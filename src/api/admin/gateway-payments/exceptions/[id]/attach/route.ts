import { attachExceptionWorkflow } from "../../../../../../workflows"
import { onException } from "../../../exception-answers"
import type { AdminAttachExceptionType } from "../../../validators"

export const POST = onException<AdminAttachExceptionType>(attachExceptionWorkflow)
