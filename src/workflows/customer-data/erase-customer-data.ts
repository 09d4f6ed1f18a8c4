import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { eraseFromJournal } from "../../modules/payment-journal/repositories/customer-data"
import type { BeneficiaryErasure } from "../../modules/payout/actions/erase-beneficiary"
import { sessionOf } from "../../providers/base/order-details"
import { actorOf } from "../actors"
import { exceptionsOf } from "../exceptions/announce-exception"
import { oneStepWorkflow } from "../one-step"
import { payoutsIfAny } from "../payouts/payout-workflow"
import { paymentsOfCustomer } from "./customer-data"
import { beneficiariesOfCustomer, emailOfCustomer, erasePayers } from "./customer-rows"
import { removeSavedMethods } from "./saved-methods"

export type EraseCustomerDataInput = {
  customer_id: string
  /** The admin who asks for it, or `system` for the shop's own code. */
  actor: string
}

export type ErasedCustomerData = {
  customer_id: string
  /** Whether nothing is left that can be erased later: no payment and no payout is under way, and every gateway answered. */
  is_complete: boolean
  erased: {
    /** How many payments name nobody any more. */
    payments: number
    /** How many ways to pay the gateways were had to forget. */
    saved_methods: number
    /** The ids of payees of whom nothing is left. */
    beneficiaries: string[]
  }
  /** What is left, and why. */
  kept: KeptData[]
}

/**
 * - `books`: amounts, references and times of payments, which the law has a shop keep
 * - `payout_books`: the names and accounts of payees that transfers were sent to, for the same reason
 * - `payment_under_way`, `payout_under_way`: not settled yet; erase again when they are
 * - `gateway_silent`: a gateway could not be asked to forget a saved payment method; erase again
 */
export const keptReasons = [
  "books",
  "payout_books",
  "payment_under_way",
  "payout_under_way",
  "gateway_silent",
] as const

export type KeptData = {
  reason: (typeof keptReasons)[number]
  /** References of payments, ids of payees, or ids of providers. */
  what: string[]
}

/**
 * Erases what this plugin keeps of one customer and the law does not have the shop keep: whose payments they were, the
 * payer in Medusa's payment sessions, what gateways wrote, saved payment methods at the gateways, and payees. What is
 * under way is left, and told; run again it does what is left. Who asked for it is written down.
 *
 * Medusa's own rows (the customer, addresses, orders) are not touched: delete those by Medusa's own workflows, after
 * this one, which finds the customer's payments by them.
 *
 * @throws MedusaError not_found for a customer that the shop never had
 */
export const eraseCustomerDataWorkflow = oneStepWorkflow("erase-customer-data", erase)

async function erase(
  container: MedusaContainer,
  { customer_id, actor }: EraseCustomerDataInput
): Promise<ErasedCustomerData> {
  const who = await actorOf(container, actor)
  await emailOfCustomer(container, customer_id)
  const payments = await paymentsOfCustomer(container, customer_id)
  const { erased, underWay } = await eraseFromJournal(
    container.resolve(ContainerRegistrationKeys.PG_CONNECTION),
    {
      customerId: customer_id,
      references: payments.map(({ reference }) => reference),
      now: new Date(),
    }
  )
  const sessions = payments
    .filter(({ reference }) => erased.includes(reference))
    .flatMap((payment) => [payment.session_id, sessionOf(payment)])
  await erasePayers(container, [...new Set(sessions)])
  const saved = await removeSavedMethods(container, customer_id)
  const payees = await eraseBeneficiaries(container, customer_id, who)
  const ofPayees = (result: BeneficiaryErasure["result"]) =>
    payees.flatMap((payee) => (payee.result === result ? [payee.id] : []))
  const kept: KeptData[] = [
    { reason: "books", what: erased },
    { reason: "payout_books", what: ofPayees("kept_for_books") },
    { reason: "payment_under_way", what: underWay },
    { reason: "payout_under_way", what: ofPayees("under_way") },
    { reason: "gateway_silent", what: saved.leftAt },
  ]
  const result: ErasedCustomerData = {
    customer_id,
    is_complete: underWay.length + ofPayees("under_way").length + saved.leftAt.length === 0,
    erased: {
      payments: erased.length,
      saved_methods: saved.removed,
      beneficiaries: ofPayees("erased"),
    },
    kept: kept.filter(({ what }) => what.length > 0),
  }
  await exceptionsOf(container).addLine(customer_id, {
    actor,
    action: "customer data erased",
    note: result.is_complete ? null : "But for what is under way",
  })
  return result
}

async function eraseBeneficiaries(
  container: MedusaContainer,
  customerId: string,
  who: Awaited<ReturnType<typeof actorOf>>
): Promise<BeneficiaryErasure[]> {
  const payouts = payoutsIfAny(container)
  if (!payouts) {
    return []
  }
  const results: BeneficiaryErasure[] = []
  for (const id of await beneficiariesOfCustomer(container, customerId)) {
    results.push(await payouts.eraseBeneficiary(id, who))
  }
  return results
}
