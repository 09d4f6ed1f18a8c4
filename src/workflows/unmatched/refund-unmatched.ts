import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"
import type { UnmatchedPayment } from "../../modules/payment-journal/unmatched-payment"
import { notAllowed } from "../../providers/base/errors"
import { refundUnmatched } from "../../providers/base/refund"
import { whatToDoAbout } from "./held-money"
import { oneActionAtATime, openUnmatched } from "./open-unmatched"
import { ownPaymentById } from "./payment-of-ours"
import { refundDuePayment } from "./refund-due-payment"
import { unmatchedOf } from "./unmatched-of"

export type RefundUnmatchedInput = {
  id: string
  note?: string
  /** The admin who wants it, or `system`. */
  actor: string
}

const refundStep = createStep(
  "refund-unmatched-payment",
  async (input: RefundUnmatchedInput, { container }) =>
    new StepResponse(
      await oneActionAtATime(container, input.id, async () => await refund(container, input))
    )
)

/**
 * Gives an unmatched payment back through its gateway, once, however often it is run. Where the outcome is
 * not known it fails and can be run again: the gateway is asked first.
 *
 * @throws MedusaError not_found; not_allowed for what was settled before, what the gateway can't give back,
 * refused, or has not confirmed
 */
export const refundUnmatchedWorkflow = createWorkflow(
  "refund-unmatched-payment",
  (input: WorkflowData<RefundUnmatchedInput>) => new WorkflowResponse(refundStep(input))
)

async function refund(
  container: MedusaContainer,
  { id, actor, note = null }: Omit<RefundUnmatchedInput, "note"> & { note?: string | null }
): Promise<UnmatchedPayment> {
  const { found, order, context } = await openUnmatched(container, id)
  if (found.kind === "refund_failed" && found.payment_id) {
    throw notAllowed(`Nothing was sent. ${whatToDoAbout(found)}`)
  }
  const unmatched = unmatchedOf(container)
  try {
    const own =
      found.kind === "refund_due" && found.payment_id
        ? await ownPaymentById(container, found.payment_id)
        : undefined
    if (own && (own.payment.captures ?? []).length > 0) {
      await refundDuePayment(container, own, actor)
    } else {
      await refundUnmatched(context, order, found) // Medusa has nothing to refund it from
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown error"
    await unmatched.addLine(found.id, { actor, action: "refund failed", note: reason })
    throw error
  }
  const line = { actor, action: "refunded", note }
  const settled = await unmatched.settle(found.id, { state: "refunded" }, line)
  if (settled) {
    return settled
  }
  // The gateway told of the refund before it was noted here: it was made all the same, and by whom stays with it.
  await unmatched.addLine(found.id, line)
  return (await unmatched.find(found.id)) ?? found
}
