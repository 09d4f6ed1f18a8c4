import { closeUnmatchedWorkflow } from "../../../../../../workflows"
import { onUnmatched } from "../../../answers"
import type { AdminCloseUnmatchedType } from "../../../validators"

export const POST = onUnmatched<AdminCloseUnmatchedType>((container, input) =>
  closeUnmatchedWorkflow(container).run({ input })
)
