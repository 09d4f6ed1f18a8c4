import { decidePayoutBeneficiaryWorkflow } from "../../../../../../workflows"
import { actionInput, answersRefusals } from "../../../../answers-refusals"
import { beneficiaryAnswer } from "../../../beneficiary-answers"
import type { AdminDecidePayoutBeneficiaryType } from "../../../validators"

export const POST = answersRefusals<AdminDecidePayoutBeneficiaryType>(async (req, res) => {
  const { id, actor, ...decision } = actionInput(req)
  await decidePayoutBeneficiaryWorkflow(req.scope).run({ input: { id, decision, actor } })
  res.json(await beneficiaryAnswer(req.scope, id))
})
