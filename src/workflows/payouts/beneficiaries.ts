import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type {
  BeneficiaryChange,
  BeneficiaryDecision,
  NewBeneficiary,
} from "../../modules/payout/domain/beneficiary"
import { actorOf, payoutWorkflow, type ByActor, type ById, payoutsOf } from "./payout-workflow"

/**
 * Accounts and identity numbers pass through: run these two workflows by themselves, or in workflows whose
 * executions Medusa does not store (no `store`, no `retentionTime`, no asynchronous step).
 */
export type CreatePayoutBeneficiaryInput = ByActor & { beneficiary: NewBeneficiary }
export type UpdatePayoutBeneficiaryInput = ById & { change: BeneficiaryChange }

const createBeneficiaryStep = createStep(
  "create-payout-beneficiary",
  async ({ beneficiary, actor }: CreatePayoutBeneficiaryInput, { container }) => {
    const who = await actorOf(container, actor)
    return new StepResponse(await payoutsOf(container).addBeneficiary(beneficiary, who))
  }
)

/**
 * Makes somebody known who can be paid. The provider is told, where its gateway has a call for it; what it
 * needs once is passed on and not kept.
 *
 * @throws MedusaError not_found for a provider; invalid_data that names every field that is missing or wrong
 */
export const createPayoutBeneficiaryWorkflow = payoutWorkflow(
  "create-payout-beneficiary",
  createBeneficiaryStep
)

const updateBeneficiaryStep = createStep(
  "update-payout-beneficiary",
  async ({ id, change, actor }: UpdatePayoutBeneficiaryInput, { container }) => {
    const who = await actorOf(container, actor)
    return new StepResponse(await payoutsOf(container).changeBeneficiary(id, change, who))
  }
)

/**
 * Makes the next version of a beneficiary; transfers that were approved for the one before, and not sent yet,
 * wait for an approval again.
 *
 * @throws MedusaError not_found; invalid_data; conflict for one that is disabled
 */
export const updatePayoutBeneficiaryWorkflow = payoutWorkflow(
  "update-payout-beneficiary",
  updateBeneficiaryStep
)

export type DisablePayoutBeneficiaryInput = ById & { reason?: string }

const disableBeneficiaryStep = createStep(
  "disable-payout-beneficiary",
  async ({ id, actor, reason }: DisablePayoutBeneficiaryInput, { container }) => {
    const who = await actorOf(container, actor)
    return new StepResponse(await payoutsOf(container).disableBeneficiary(id, who, reason))
  }
)

/**
 * Nobody is paid there any more: what was approved and not sent is canceled.
 *
 * @throws MedusaError not_found
 */
export const disablePayoutBeneficiaryWorkflow = payoutWorkflow(
  "disable-payout-beneficiary",
  disableBeneficiaryStep
)

export type DecidePayoutBeneficiaryInput = ById & { decision: BeneficiaryDecision }

const decideBeneficiaryStep = createStep(
  "decide-payout-beneficiary",
  async ({ id, decision, actor }: DecidePayoutBeneficiaryInput, { container }) => {
    const who = await actorOf(container, actor)
    return new StepResponse(await payoutsOf(container).decideBeneficiary(id, decision, who))
  }
)

/**
 * Notes what a person found out about a beneficiary that the gateway has not accepted yet.
 *
 * @throws MedusaError not_found; conflict unless it is pending
 */
export const decidePayoutBeneficiaryWorkflow = payoutWorkflow(
  "decide-payout-beneficiary",
  decideBeneficiaryStep
)
