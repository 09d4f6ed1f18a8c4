import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { recordRefundElsewhere } from "../../providers/base/refund-elsewhere"
import { ownPaymentById } from "../medusa-payments"
import { oneStepWorkflow } from "../one-step"
import { listRefundDue } from "./canceled-order-refunds"
import { exceptionsOf } from "./announce-exception"

export type RecordRefundElsewhereInput = {
  /** Medusa's id of the payment. */
  payment_id: string
  /** Major units. */
  amount: BigNumberInput
  /** How the money was given back. */
  note: string
  /** The admin who says so. */
  actor: string
}

export type RecordedRefundElsewhere = {
  /** The journal's own row; its audit lines are under this id. */
  id: string
  reference: string
  payment_id: string
  /** Exact, in major units. */
  amount: string
  currency_code: string
  note: string
  recorded_by: string
}

/**
 * Records that the money of a payment was given back another way than through its gateway, by whom and how.
 * The refund of this amount in Medusa then succeeds and sends nothing; a refund of it whose outcome was not
 * known is settled.
 *
 * @throws MedusaError not_found for a payment that is not of this package; not_allowed for more than is left
 */
export const recordRefundElsewhereWorkflow = oneStepWorkflow("record-refund-elsewhere", record)

async function record(
  container: MedusaContainer,
  { payment_id, amount, note, actor }: RecordRefundElsewhereInput
): Promise<RecordedRefundElsewhere> {
  const own = await ownPaymentById(container, payment_id)
  if (!own) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `There is no payment ${payment_id} that a gateway of this package took`
    )
  }
  const exceptions = exceptionsOf(container)
  const operation = await recordRefundElsewhere(own.context, {
    order: own.order,
    amount,
    keep: async ({ id }) =>
      await exceptions.addLine(id, { actor, action: "refunded elsewhere", note }),
  })
  await listRefundDue(container, own)
  const { id, reference, currency_code } = operation
  return {
    id,
    reference,
    payment_id,
    amount: operation.amount,
    currency_code,
    note,
    recorded_by: actor,
  }
}
