import { actorOf } from "../../../../../../workflows/actors"
import { payoutsOf } from "../../../../../../workflows/payouts/payout-workflow"
import { answersRefusals } from "../../../../answers-refusals"

export const GET = answersRefusals(async (req, res) => {
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  const { file_name, media_type, content } = await payoutsOf(req.scope).downloadFile(
    String(req.params.id),
    actor
  )
  res.setHeader("cache-control", "no-store")
  res.setHeader("content-type", `${media_type}; charset=utf-8`)
  res.setHeader("content-disposition", `attachment; filename="${file_name}"`)
  res.setHeader("x-content-type-options", "nosniff")
  res.send(content)
})
