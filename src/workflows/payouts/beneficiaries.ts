import type {
  BeneficiaryChange,
  BeneficiaryDecision,
  NewBeneficiary,
} from "../../modules/payout/domain/beneficiary"
import { payoutWorkflow, type ByActor, type ById } from "./payout-workflow"

/**
 * Accounts and identity numbers pass through: run these two workflows by themselves, or in workflows whose
 * executions Medusa does not store (no `store`, no `retentionTime`, no asynchronous step).
 */
export type CreatePayoutBeneficiaryInput = ByActor & { beneficiary: NewBeneficiary }
export type UpdatePayoutBeneficiaryInput = ById & { change: BeneficiaryChange }

/**
 * Creates a beneficiary, who can be paid. The provider is told, where its gateway has a call for it; what it
 * needs once is passed on and not kept.
 *
 * @throws MedusaError not_found for a provider; invalid_data that names every field that is missing or wrong
 */
export const createPayoutBeneficiaryWorkflow = payoutWorkflow(
  "create-payout-beneficiary",
  async (payouts, who, { beneficiary }: CreatePayoutBeneficiaryInput) =>
    await payouts.addBeneficiary(beneficiary, who)
)

/**
 * Makes the next version of a beneficiary; transfers that were approved for the one before, and not sent yet,
 * wait for an approval again.
 *
 * @throws MedusaError not_found; invalid_data; conflict for one that is disabled
 */
export const updatePayoutBeneficiaryWorkflow = payoutWorkflow(
  "update-payout-beneficiary",
  async (payouts, who, { id, change }: UpdatePayoutBeneficiaryInput) =>
    await payouts.changeBeneficiary(id, change, who)
)

export type DisablePayoutBeneficiaryInput = ById & { reason?: string }

/**
 * Nobody is paid there any more: what was approved and not sent is canceled.
 *
 * @throws MedusaError not_found
 */
export const disablePayoutBeneficiaryWorkflow = payoutWorkflow(
  "disable-payout-beneficiary",
  async (payouts, who, { id, reason }: DisablePayoutBeneficiaryInput) =>
    await payouts.disableBeneficiary(id, who, reason)
)

export type DecidePayoutBeneficiaryInput = ById & { decision: BeneficiaryDecision }

/**
 * Notes what a person found out about a beneficiary that the gateway has not accepted yet.
 *
 * @throws MedusaError not_found; conflict unless it is pending
 */
export const decidePayoutBeneficiaryWorkflow = payoutWorkflow(
  "decide-payout-beneficiary",
  async (payouts, who, { id, decision }: DecidePayoutBeneficiaryInput) =>
    await payouts.decideBeneficiary(id, decision, who)
)
