import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { actorOf } from "./actor-of"
import { payoutWorkflow, type ById } from "./payout-workflow"
import { payoutsOf } from "./payouts-of"

export type SubmitPayoutTransferInput = ById

const submitStep = createStep(
  "submit-payout-transfer",
  async ({ id, actor }: SubmitPayoutTransferInput, { container }) => {
    const who = await actorOf(container, actor)
    return new StepResponse(await payoutsOf(container).submitTransfer(id, who))
  }
)

/**
 * Sends an approved transfer now, once, however often it is run; a job does it otherwise. Where the answer
 * does not come, the transfer is `unknown` and asked about: this does not fail then.
 *
 * @throws MedusaError not_found; conflict unless it is approved
 */
export const submitPayoutTransferWorkflow = payoutWorkflow("submit-payout-transfer", submitStep)

export type RetryPayoutTransferInput = ById & { idempotency_key?: string }

const retryStep = createStep(
  "retry-payout-transfer",
  async ({ id, actor, idempotency_key }: RetryPayoutTransferInput, { container }) => {
    const who = await actorOf(container, actor)
    return new StepResponse(await payoutsOf(container).retryTransfer(id, who, idempotency_key))
  }
)

/**
 * Makes a new transfer like one that failed, at most one for each. The gateway is asked about the failed one
 * before.
 *
 * @throws MedusaError not_found; conflict unless it failed and was not tried again before; not_allowed where the
 * gateway does not confirm that it failed
 */
export const retryPayoutTransferWorkflow = payoutWorkflow("retry-payout-transfer", retryStep)

export type RefreshPayoutTransferInput = ById

const refreshStep = createStep(
  "refresh-payout-transfer",
  async ({ id, actor }: RefreshPayoutTransferInput, { container }) => {
    const who = await actorOf(container, actor)
    return new StepResponse(await payoutsOf(container).refreshTransfer(id, who))
  }
)

/**
 * Asks the gateway what became of a transfer, whatever the timetable says.
 *
 * @throws MedusaError not_found
 */
export const refreshPayoutTransferWorkflow = payoutWorkflow("refresh-payout-transfer", refreshStep)
