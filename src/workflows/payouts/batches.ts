import type { BatchApproval } from "../../modules/payout/actions/approve-batch"
import type { NewBatch } from "../../modules/payout/actions/batches"
import type { SeenBatch } from "../../modules/payout/domain/batch"
import { payoutWorkflow, type ByActor, type ById } from "./payout-workflow"

export type CreatePayoutBatchInput = ByActor & NewBatch

/**
 * Puts transfers together, to be approved together.
 *
 * @throws MedusaError invalid_data for a transfer that there is not and for a `send_at` that is over; conflict for one
 * that is in a batch already or was sent
 */
export const createPayoutBatchWorkflow = payoutWorkflow(
  "create-payout-batch",
  async (payouts, who, { actor: _, ...batch }: CreatePayoutBatchInput) =>
    await payouts.makeBatch(batch, who)
)

export type ApprovePayoutBatchInput = ById & BatchApproval

/**
 * Approves what waits of a batch, in one transaction: each transfer by the rules for one. What they forbid is left and
 * told with its reason.
 *
 * @throws MedusaError not_found; conflict where the batch is not what was seen any more
 */
export const approvePayoutBatchWorkflow = payoutWorkflow(
  "approve-payout-batch",
  async (payouts, who, { id, actor: _, ...approval }: ApprovePayoutBatchInput) =>
    await payouts.approveBatch(id, who, approval)
)

export type RejectPayoutBatchInput = ById & SeenBatch & { reason: string }

/** @throws MedusaError not_found; conflict where the batch is not what was seen, or nothing of it waits */
export const rejectPayoutBatchWorkflow = payoutWorkflow(
  "reject-payout-batch",
  async (payouts, who, { id, actor: _, ...rejection }: RejectPayoutBatchInput) =>
    await payouts.rejectBatch(id, who, rejection)
)

export type WithdrawPayoutBatchInput = ById & SeenBatch & { reason?: string }

/**
 * Takes back what was not sent of a batch, approved or not.
 *
 * @throws MedusaError not_found; conflict where the batch is not what was seen, or all of it was sent
 */
export const withdrawPayoutBatchWorkflow = payoutWorkflow(
  "withdraw-payout-batch",
  async (payouts, who, { id, actor: _, ...withdrawal }: WithdrawPayoutBatchInput) =>
    await payouts.withdrawBatch(id, who, withdrawal)
)
