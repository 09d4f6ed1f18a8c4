import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { TransferApproval, TransferDecision } from "../../modules/payout/transfer"
import { actorOf } from "./actor-of"
import { payoutWorkflow, type ById } from "./payout-workflow"
import { payoutsOf } from "./payouts-of"

export type ApprovePayoutTransferInput = ById & TransferApproval

const approveStep = createStep(
  "approve-payout-transfer",
  async ({ id, actor, ...approval }: ApprovePayoutTransferInput, { container }) => {
    const who = await actorOf(container, actor)
    return new StepResponse(await payoutsOf(container).approveTransfer(id, who, approval))
  }
)

/**
 * Approves a transfer, which freezes its amount, currency and account.
 *
 * @throws MedusaError not_found; not_allowed for who made it, edited its beneficiary or may not approve, and
 * above the limit of the day; conflict unless it waits for an approval, and where its beneficiary was edited and
 * `beneficiary_version_id` is not the newest version
 */
export const approvePayoutTransferWorkflow = payoutWorkflow("approve-payout-transfer", approveStep)

export type RejectPayoutTransferInput = ById & { reason: string }

const rejectStep = createStep(
  "reject-payout-transfer",
  async ({ id, actor, reason }: RejectPayoutTransferInput, { container }) => {
    const who = await actorOf(container, actor)
    return new StepResponse(await payoutsOf(container).rejectTransfer(id, who, reason))
  }
)

/** @throws MedusaError not_found; conflict unless it waits for an approval */
export const rejectPayoutTransferWorkflow = payoutWorkflow("reject-payout-transfer", rejectStep)

export type CancelPayoutTransferInput = ById & { reason?: string }

const cancelStep = createStep(
  "cancel-payout-transfer",
  async ({ id, actor, reason }: CancelPayoutTransferInput, { container }) => {
    const who = await actorOf(container, actor)
    return new StepResponse(await payoutsOf(container).cancelTransfer(id, who, reason))
  }
)

/**
 * Takes an approved transfer back before it is sent.
 *
 * @throws MedusaError not_found; conflict for one that was sent, or perhaps was
 */
export const cancelPayoutTransferWorkflow = payoutWorkflow("cancel-payout-transfer", cancelStep)

export type ResolvePayoutTransferInput = ById & TransferDecision

const resolveStep = createStep(
  "resolve-payout-transfer",
  async ({ id, actor, ...decision }: ResolvePayoutTransferInput, { container }) => {
    const who = await actorOf(container, actor)
    return new StepResponse(await payoutsOf(container).resolveTransfer(id, decision, who))
  }
)

/**
 * Notes what a person found out about a transfer that asking can't settle, or that its money came back.
 *
 * @throws MedusaError not_found; conflict for one that is settled, or that can still be asked about
 */
export const resolvePayoutTransferWorkflow = payoutWorkflow("resolve-payout-transfer", resolveStep)
