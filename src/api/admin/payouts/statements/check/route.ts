import { actorOf } from "../../../../../workflows/actors"
import { payoutsOf } from "../../../../../workflows/payouts/payout-workflow"
import { answersRefusals } from "../../../answers-refusals"
import { statementCheckAnswer } from "../../file-answers"
import type { AdminCheckPayoutStatementType } from "../../file-validators"

export const POST = answersRefusals<AdminCheckPayoutStatementType>(async (req, res) => {
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  const check = await payoutsOf(req.scope).checkStatement(req.validatedBody, actor)
  res.json(statementCheckAnswer(check))
})
