import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { z } from "@medusajs/framework/zod"
import type { Actor } from "../../../../modules/payout/actor"
import type { AwaitedQuestion } from "../../../../modules/payout/store/awaited-approvals"
import { actorOf } from "../../../../workflows/actors"
import { payoutsOf } from "../../../../workflows/payouts/payout-workflow"
import { listRows, type Page } from "../../read-rows"
import { transferRowFilters } from "../answers"
import { approvalAnswers } from "../approval-answers"
import { waitingBatchAnswers } from "../batch-answers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { may_approve: wanted, ...filters } = req.filterableFields
  const isOfSome = ["id", "batch_id", "import_id"].some((name) => name in filters)
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  const payouts = payoutsOf(req.scope)
  const waiting = isOfSome ? [] : await payouts.waitingBatches()
  // Both read payees, so that they are asked only where somebody sees the difference.
  const forThem = waiting.length > 0 ? await payouts.batchesApprovableBy(actor) : new Set<string>()
  const mayApprove = typeof wanted === "boolean" ? wanted : undefined
  const { rows, ...page } =
    mayApprove === undefined
      ? await allRows(req, filters, isOfSome)
      : await rowsOf(req, actor, { filters, isInNone: !isOfSome, mayApprove })
  const approvals = await approvalAnswers(req.scope, rows, actor)
  const batches = await waitingBatchAnswers(req.scope, waiting, forThem, mayApprove)
  res.json({ approvals, batches, ...page })
}

async function allRows(
  req: AuthenticatedMedusaRequest,
  filters: Record<string, unknown>,
  isOfSome: boolean
): Promise<Page> {
  req.filterableFields = {
    ...(isOfSome ? {} : { batch_id: null }),
    ...transferRowFilters(filters),
    status: "awaiting_approval",
  }
  return await listRows(req, "payout_transfer")
}

/** Of what somebody may approve, or of the rest: which those are is known to the module alone. */
async function rowsOf(
  req: AuthenticatedMedusaRequest,
  actor: Actor,
  question: Pick<AwaitedQuestion, "filters" | "isInNone" | "mayApprove">
): Promise<Page> {
  const { order, skip: offset = 0, take: limit = 20 } = req.queryConfig.pagination
  const { ids, count } = await payoutsOf(req.scope).awaitedOf(actor, {
    ...question,
    order: readOrder(order),
    offset,
    limit,
  })
  req.filterableFields = { id: ids }
  req.queryConfig.pagination.skip = 0
  return { ...(await listRows(req, "payout_transfer")), count, offset, limit }
}

const readOrder = (order: unknown) => z.record(z.string(), z.enum(["ASC", "DESC"])).parse(order)
