import type { MedusaContainer } from "@medusajs/framework/types"
import { PaymentActions } from "@medusajs/framework/utils"
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"
import { processPaymentWorkflow } from "@medusajs/medusa/core-flows"
import type {
  UnmatchedKind,
  UnmatchedPayment,
} from "../../modules/payment-journal/unmatched-payment"
import { attachKey } from "../../providers/base/attach-order"
import { notAllowed } from "../../providers/base/errors"
import { isBooked, sessionRow } from "../payment/booking"
import { openOrderPaymentWorkflow } from "../order-payment/open-order-payment"
import { medusaStanding } from "./medusa-standing"
import { settledBefore, withUnmatched, type OpenUnmatched } from "./open-unmatched"
import { unmatchedOf } from "./unmatched-of"

export type AttachUnmatchedInput = {
  id: string
  /** The order that the money pays for; it must be due there. */
  order_id: string
  note?: string
  /** The admin who attaches it. */
  actor: string
}

/** The money came as it was ordered: other amounts and currencies can't become a payment of Medusa's. */
const attachable: readonly UnmatchedKind[] = ["session_gone", "paid_twice", "order_not_made"]

const attachStep = createStep(
  "attach-unmatched-payment",
  async (input: AttachUnmatchedInput, { container }) =>
    new StepResponse(
      await withUnmatched(
        container,
        input.id,
        async (unmatched) => await attach(container, unmatched, input)
      )
    )
)

/**
 * Makes an unmatched payment a payment of an order: with a payment collection and a session of its own,
 * captured, so that what is due on the order falls by it. The gateway's reference stays, and later refunds
 * go through it.
 *
 * @throws MedusaError not_found; not_allowed for what was settled before, can't become a payment, or is more
 * than is due on the order
 */
export const attachUnmatchedWorkflow = createWorkflow(
  "attach-unmatched-payment",
  (input: WorkflowData<AttachUnmatchedInput>) => new WorkflowResponse(attachStep(input))
)

async function attach(
  container: MedusaContainer,
  { found, order, context }: OpenUnmatched,
  { order_id, actor, note = null }: Omit<AttachUnmatchedInput, "note"> & { note?: string | null }
): Promise<UnmatchedPayment> {
  const { gateway, journal } = context
  const refunds = await journal.operationsOfOrder(order.reference, "refund")
  if (
    !attachable.includes(found.kind) ||
    order.state !== "paid" ||
    gateway.capabilities.captures !== "at_once"
  ) {
    throw notAllowed(
      `Only money that came at once and exactly as it was ordered can be attached; this is ${found.kind}. ` +
        `Refund it, or book it by hand and close it with a note`
    )
  }
  if (refunds.some(({ state }) => state !== "declined")) {
    throw notAllowed(
      `A refund of ${order.reference} was begun: it can't be attached any more. Refund it, or close it`
    )
  }
  const { standing, order_id: bookedOn } = await medusaStanding(container, context, order)
  // A try that died after the booking has only the list left to bring up to date.
  if (order.attached_session_id === null || standing !== "booked" || bookedOn !== order_id) {
    await bookOn(container, order_id, found, order.requested_amount)
  }
  const line = { actor, action: "attached", note }
  const unmatched = unmatchedOf(container)
  const settled = await unmatched.settle(found.id, { state: "attached", order_id }, line)
  if (!settled) {
    throw settledBefore((await unmatched.find(found.id)) ?? found)
  }
  return settled
}

async function bookOn(
  container: MedusaContainer,
  order_id: string,
  { provider_id, reference }: UnmatchedPayment,
  amount: string
): Promise<void> {
  const { result: opened } = await openOrderPaymentWorkflow(container).run({
    input: { order_id, provider_id, amount, data: { [attachKey]: reference } },
  })
  await processPaymentWorkflow(container).run({
    input: {
      action: PaymentActions.SUCCESSFUL,
      data: { session_id: opened.session_id, amount: opened.amount },
    },
  })
  if (!(await isBooked(container, await sessionRow(container, opened.session_id)))) {
    throw notAllowed(
      `${reference} could not be booked on order ${order_id}. Nothing was sent to the gateway; try again`
    )
  }
}
