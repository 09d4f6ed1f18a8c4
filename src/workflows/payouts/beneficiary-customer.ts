import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { CustomerChange } from "../../modules/payout/actions/own-fields"
import type { Actor } from "../../modules/payout/actor"
import { PAYOUT_MODULE } from "../../modules/payout/provider"
import { notFound } from "../../shared/errors"
import { actorOf } from "../actors"
import { type ById, payoutsOf, workflowOfStep } from "./payout-workflow"

export type LinkPayoutBeneficiaryInput = ById & {
  /** Null: it is no customer. */
  customer_id: string | null
}

const linkStep = createStep(
  "link-payout-beneficiary-to-customer",
  async ({ id, customer_id, actor }: LinkPayoutBeneficiaryInput, { container }) => {
    const who = await actorOf(container, actor)
    await requireCustomer(container, customer_id)
    const before = await customerOfBeneficiary(container, id)
    await changeLink(container, { id, from: before, to: customer_id, who })
    return new StepResponse(customer_id, { id, from: customer_id, to: before, who })
  },
  async (done, { container }) => {
    if (done) {
      await changeLink(container, done)
    }
  }
)

/**
 * Says which of the shop's customers a beneficiary is, by Medusa's link between the two.
 *
 * @throws MedusaError not_found for the beneficiary or the customer
 */
export const linkPayoutBeneficiaryWorkflow = workflowOfStep("link-payout-beneficiary", linkStep)

/** @throws MedusaError not_found for a beneficiary that there is not */
export async function customerOfBeneficiary(
  container: MedusaContainer,
  id: string
): Promise<string | null> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payout_beneficiary",
    fields: ["id", "customer.id"],
    filters: { id },
  })
  const [beneficiary] = data
  if (!beneficiary) {
    throw notFound(`There is no payout beneficiary ${id}`)
  }
  return beneficiary.customer?.id ?? null
}

async function requireCustomer(container: MedusaContainer, id: string | null): Promise<void> {
  if (id !== null) {
    await container.resolve(Modules.CUSTOMER).retrieveCustomer(id, { select: ["id"] })
  }
}

type LinkChange = CustomerChange & { id: string; who: Actor }

/** With its audit line; a link that can't be written down is not changed. */
async function changeLink(
  container: MedusaContainer,
  { id, from, to, who }: LinkChange
): Promise<void> {
  if (from === to) {
    return
  }
  await setLink(container, id, { from, to })
  try {
    await payoutsOf(container).noteCustomer(id, { from, to }, who)
  } catch (error) {
    await setLink(container, id, { from: to, to: from })
    throw error
  }
}

async function setLink(
  container: MedusaContainer,
  id: string,
  { from, to }: CustomerChange
): Promise<void> {
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  const between = (customer_id: string) => ({
    [PAYOUT_MODULE]: { payout_beneficiary_id: id },
    [Modules.CUSTOMER]: { customer_id },
  })
  if (from !== null) {
    await link.dismiss(between(from))
  }
  if (to !== null) {
    await link.create(between(to))
  }
}
