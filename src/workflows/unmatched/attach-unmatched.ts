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
import type { UnmatchedPayment } from "../../modules/payment-journal/unmatched-payment"
import { notAllowed } from "../../providers/base/errors"
import type { GatewayContext } from "../../providers/base/context"
import { isBooked, sessionRow } from "../payment/booking"
import { openOrderPaymentWorkflow } from "../order-payment/open-order-payment"
import { leaseKeys, withPaymentsOfOrder } from "../leases"
import { attachableAmount } from "./attachable-amount"
import { beganAttaching, type Attachment } from "./began-attaching"
import type { HeldMoney } from "./held-money"
import { oneActionAtATime, openUnmatched, settledBefore } from "./open-unmatched"
import { unmatchedOf } from "./unmatched-of"

export type AttachUnmatchedInput = {
  id: string
  /** The order that the money pays for; it must be due there. */
  order_id: string
  note?: string
  /** The admin who attaches it. */
  actor: string
}

const attachStep = createStep(
  "attach-unmatched-payment",
  async (input: AttachUnmatchedInput, { container }) =>
    new StepResponse(
      await oneActionAtATime(container, input.id, async () => await attach(container, input))
    )
)

/**
 * Makes an unmatched payment a payment of an order: with a payment collection and a session of its own,
 * captured, so that what is due on the order falls by what came. The gateway's reference stays, and later
 * refunds go through it. What a server left half done is brought to its end by the same wish.
 *
 * @throws MedusaError not_found; not_allowed for what was settled before, can't become a payment, or is more
 * than is due on the order
 */
export const attachUnmatchedWorkflow = createWorkflow(
  "attach-unmatched-payment",
  (input: WorkflowData<AttachUnmatchedInput>) => new WorkflowResponse(attachStep(input))
)

/** A message may tell of the payment at the same time: it waits until all is noted. */
async function attach(
  container: MedusaContainer,
  {
    id,
    order_id,
    actor,
    note = null,
  }: Omit<AttachUnmatchedInput, "note"> & { note?: string | null }
): Promise<UnmatchedPayment> {
  const attachNow = async () => {
    // Again, and only this counts: while it waited, a message can have settled it, or told of other money.
    const { found, context } = await openUnmatched(container, id)
    await pay(container, context, { found, order_id })
    const line = { actor, action: "attached", note }
    const unmatched = unmatchedOf(container)
    const settled = await unmatched.settle(found.id, { state: "attached", order_id }, line)
    if (!settled) {
      throw settledBefore((await unmatched.find(found.id)) ?? found)
    }
    return settled
  }
  const { found } = await openUnmatched(container, id)
  const payment = leaseKeys.paymentOfReference(found.reference)
  return await withPaymentsOfOrder(container, order_id, attachNow, [payment])
}

async function pay(
  container: MedusaContainer,
  { gateway, journal }: GatewayContext,
  { found, order_id }: { found: HeldMoney; order_id: string }
): Promise<void> {
  const order = await journal.findOrder(found.reference)
  if (!order) {
    throw new Error(`The journal's row of ${found.reference} was deleted while it was attached`)
  }
  const begun = await beganAttaching(container, order)
  if (begun && begun.order_id !== order_id) {
    throw notAllowed(
      `${order.reference} was attached to order ${begun.order_id} before, and pays for no other. Attach it to ` +
        `that order to bring this to its end`
    )
  }
  const amount = begun
    ? order.requested_amount
    : await attachableAmount({ gateway, journal }, order, found)
  await book(container, begun ?? (await openOn(container, order_id, found, amount)), amount)
}

/** A payment collection and a session of their own on the order, whose money is what came before. */
async function openOn(
  container: MedusaContainer,
  order_id: string,
  { provider_id, reference }: UnmatchedPayment,
  amount: string
): Promise<Attachment> {
  const { result } = await openOrderPaymentWorkflow(container).run({
    input: { order_id, provider_id, amount, purpose: "attach", reference },
  })
  return { order_id, session_id: result.session_id }
}

async function book(
  container: MedusaContainer,
  { order_id, session_id }: Attachment,
  amount: string
): Promise<void> {
  const isDone = async () => await isBooked(container, await sessionRow(container, session_id))
  if (await isDone()) {
    return // by a server that died before it noted so
  }
  await processPaymentWorkflow(container).run({
    input: { action: PaymentActions.SUCCESSFUL, data: { session_id, amount } },
  })
  if (!(await isDone())) {
    throw notAllowed(
      `The money could not be booked on order ${order_id} (payment session ${session_id}). Nothing was sent to ` +
        `the gateway; try again`
    )
  }
}
