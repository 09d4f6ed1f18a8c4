import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { createPayoutBatchWorkflow } from "../../../../workflows"
import { actorOf } from "../../../../workflows/actors"
import { payoutsOf } from "../../../../workflows/payouts/payout-workflow"
import { answersRefusals } from "../../answers-refusals"
import { listRows } from "../../read-rows"
import { batchAnswer, batchAnswers } from "../batch-answers"
import type { AdminCreatePayoutBatchType } from "../validators"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { waiting, provider_id: providers, ...filters } = req.filterableFields
  const payouts = payoutsOf(req.scope)
  const parts: object[] = []
  if (waiting !== undefined) {
    const ids = await payouts.waitingBatches()
    parts.push({ id: waiting === true ? ids : { $nin: ids } })
  }
  if (typeof providers === "string" || Array.isArray(providers)) {
    parts.push({ id: await payouts.batchesOfProviders([providers].flat()) })
  }
  req.filterableFields = { ...filters, ...(parts.length > 0 ? { $and: parts } : {}) }
  const { rows, ...page } = await listRows(req, "payout_batch")
  res.json({ batches: await batchAnswers(req.scope, rows), ...page })
}

export const POST = answersRefusals<AdminCreatePayoutBatchType>(async (req, res) => {
  const { actor_id: actor } = req.auth_context
  const { result } = await createPayoutBatchWorkflow(req.scope).run({
    input: { ...req.validatedBody, actor },
  })
  res.json(await batchAnswer(req.scope, result.id, await actorOf(req.scope, actor)))
})
