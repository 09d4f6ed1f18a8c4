import { refundExceptionWorkflow } from "../../../../../../workflows"
import { onException } from "../../../exception-answers"
import type { AdminRefundExceptionType } from "../../../validators"

export const POST = onException<AdminRefundExceptionType>(refundExceptionWorkflow)
