import { makePayoutFilesWorkflow } from "../../../../../../workflows"
import { actionInput, answersRefusals } from "../../../../answers-refusals"
import { filesOfBatchAnswer } from "../../../file-answers"
import type { AdminMakePayoutFilesType } from "../../../file-validators"

export const POST = answersRefusals<AdminMakePayoutFilesType>(async (req, res) => {
  const input = actionInput(req)
  const { result } = await makePayoutFilesWorkflow(req.scope).run({ input })
  res.json({
    files: await filesOfBatchAnswer(req.scope, input.id),
    made: result.made.map((file) => file.id),
    left_out: result.left_out,
  })
})
