import { actorOf } from "../../../../../../workflows/actors"
import { payoutsOf } from "../../../../../../workflows/payouts/payout-workflow"
import { answersRefusals } from "../../../../answers-refusals"

export const POST = answersRefusals(async (req, res) => {
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  const account = await payoutsOf(req.scope).revealAccount(String(req.params.id), actor)
  res.setHeader("cache-control", "no-store")
  res.json({ account })
})
