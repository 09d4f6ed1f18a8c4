import type { MedusaContainer } from "@medusajs/framework/types"
import { PaymentActions } from "@medusajs/framework/utils"
import { processPaymentWorkflow } from "@medusajs/medusa/core-flows"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { PaymentException } from "../../modules/payment-journal/repositories/exceptions"
import type { GatewayContext } from "../../providers/base/context"
import { notAllowed } from "../../providers/base/errors"
import { leaseKeys, withPaymentsOfOrder } from "../leases"
import { oneStepWorkflow } from "../one-step"
import { openOrderPaymentWorkflow } from "../order-payments/open-order-payment"
import { type HeldMoney, exceptionsOf } from "./announce-exception"
import { attachableAmount } from "./attachable-amount"
import { oneActionAtATime, openException } from "./resolve-exception"
import { settledBefore } from "./take-exception"
import { isBooked, orderOfCollection, sessionRow } from "../medusa-reads"

export type AttachExceptionInput = {
  id: string
  /** The order that the money pays for; it must be due there. */
  order_id: string
  note?: string
  /** The admin who attaches it. */
  actor: string
}

/**
 * Makes a payment exception a payment of an order: with a payment collection and a session of its own,
 * captured, so that what is due on the order falls by what came. The gateway's reference stays, and later
 * refunds go through it. What a server left half done is brought to its end by the same request.
 *
 * @throws MedusaError not_found; not_allowed for what was settled before, can't become a payment, or is more
 * than is due on the order; conflict where somebody else is at it
 */
export const attachExceptionWorkflow = oneStepWorkflow(
  "attach-payment-exception",
  async (container, input: AttachExceptionInput) =>
    await oneActionAtATime(container, input.id, () => attach(container, input))
)

/** A message may tell of the payment at the same time: it waits until all is noted. */
async function attach(
  container: MedusaContainer,
  {
    id,
    order_id,
    actor,
    note = null,
  }: Omit<AttachExceptionInput, "note"> & { note?: string | null }
): Promise<PaymentException> {
  const attachNow = async () => {
    // Again, and only this counts: while it waited, a message can have settled it, or told of other money.
    const { found, context } = await openException(container, id, actor)
    await pay(container, context, { found, order_id })
    const line = { actor, action: "attached", note }
    const exceptions = exceptionsOf(container)
    const settled = await exceptions.settle(found.id, { state: "attached", order_id }, line)
    if (!settled) {
      throw await settledBefore(container, (await exceptions.find(found.id)) ?? found)
    }
    return settled
  }
  const { found } = await openException(container, id, actor)
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
        `that order to bring this to its end`,
      { code: "attached_elsewhere" }
    )
  }
  const amount = begun
    ? order.requested_amount
    : await amountToAttach({ gateway, journal }, order, found)
  await book(container, begun ?? (await openOn(container, order_id, found, amount)), amount)
}

/** @throws MedusaError not_allowed that says why it can't become a payment of Medusa's, and what to do instead */
async function amountToAttach(
  context: Pick<GatewayContext, "gateway" | "journal">,
  order: GatewayOrder,
  found: HeldMoney
): Promise<string> {
  const attachable = await attachableAmount(context, order, found)
  if ("refusal" in attachable) {
    throw notAllowed(attachable.refusal.message, { code: attachable.refusal.code })
  }
  return attachable.amount
}

/** The payment session that was made for the money, on the order that it pays for. */
type Attachment = { session_id: string; order_id: string }

/**
 * What an earlier request to attach the money has left: its session, booked or not. Money that has one pays for
 * that order and for no other.
 */
async function beganAttaching(
  container: MedusaContainer,
  { attached_session_id: session_id }: Pick<GatewayOrder, "attached_session_id">
): Promise<Attachment | undefined> {
  const session = session_id ? await sessionRow(container, session_id) : undefined
  if (!session) {
    return undefined
  }
  const order_id = (await orderOfCollection(container, session.payment_collection_id))?.order_id
  return order_id ? { session_id: session.id, order_id } : undefined
}

/** A payment collection and a session of their own on the order, whose money is what came before. */
async function openOn(
  container: MedusaContainer,
  order_id: string,
  { provider_id, reference }: PaymentException,
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
        `the gateway; try again`,
      { code: "not_booked" }
    )
  }
}
