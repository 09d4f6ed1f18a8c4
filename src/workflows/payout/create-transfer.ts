import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { systemActor } from "../../modules/payment-journal/audit-line"
import type { NewTransfer, Transfer } from "../../modules/payout/transfer"
import { actorOf } from "./actor-of"
import { payoutWorkflow, type ByActor } from "./payout-workflow"
import { payoutsOf } from "./payouts-of"

export type CreatePayoutTransferInput = NewTransfer & ByActor

export type CreatedPayoutTransfer = { transfer: Transfer; isNew: boolean }

const reason = "The workflow that made it did not end well"

const createTransferStep = createStep(
  "create-payout-transfer",
  async ({ actor, ...wanted }: CreatePayoutTransferInput, { container }) => {
    const who = await actorOf(container, actor)
    const made = await payoutsOf(container).makeTransfer(wanted, who)
    return new StepResponse<CreatedPayoutTransfer>(made)
  },
  async (made, { container }) => {
    if (made?.isNew) {
      await takeBack(container, made.transfer)
    }
  }
)

/**
 * Makes a transfer, which is sent once it is approved. Where a later step of a larger workflow fails, it is
 * taken back, unless it was sent by then.
 *
 * @throws MedusaError not_found; invalid_data for an amount, a currency or a beneficiary that can't be paid;
 * not_allowed above a limit; conflict for an idempotency key that stands for another wish
 */
export const createPayoutTransferWorkflow = payoutWorkflow(
  "create-payout-transfer",
  createTransferStep
)

async function takeBack(container: MedusaContainer, { id, reference }: Transfer): Promise<void> {
  const payouts = payoutsOf(container)
  const now = await payouts.findTransfer(reference)
  const actor = { id: systemActor }
  switch (now?.status) {
    case "awaiting_approval":
      await payouts.rejectTransfer(id, actor, reason)
      return
    case "approved":
      await payouts.cancelTransfer(id, actor, reason)
      return
    default:
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(
          `The payout ${reference} is ${now?.status} and can't be taken back, although the workflow that made ` +
            "it failed"
        )
  }
}
