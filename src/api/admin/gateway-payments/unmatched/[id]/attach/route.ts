import { attachUnmatchedWorkflow } from "../../../../../../workflows"
import { onUnmatched } from "../../../answers"
import type { AdminAttachUnmatchedType } from "../../../validators"

export const POST = onUnmatched<AdminAttachUnmatchedType>((container, input) =>
  attachUnmatchedWorkflow(container).run({ input })
)
