import { refundUnmatchedWorkflow } from "../../../../../../workflows"
import { onUnmatched } from "../../../answers"
import type { AdminRefundUnmatchedType } from "../../../validators"

export const POST = onUnmatched<AdminRefundUnmatchedType>((container, input) =>
  refundUnmatchedWorkflow(container).run({ input })
)
