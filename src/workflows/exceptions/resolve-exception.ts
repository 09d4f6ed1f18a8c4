import type { MedusaContainer } from "@medusajs/framework/types"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { PaymentException } from "../../modules/payment-journal/repositories/exceptions"
import type { GatewayContext } from "../../providers/base/context"
import { notAllowed } from "../../providers/base/errors"
import { refundException } from "../../providers/base/refund-exception"
import { gatewayContextOf, journalOf } from "../../providers/registry"
import { errorMessage } from "../../shared/errors"
import { leaseKeys, withLeaseOf } from "../leases"
import { ownPaymentById } from "../medusa-payments"
import { oneStepWorkflow } from "../one-step"
import { type HeldMoney, isHeldMoney, exceptionsOf, whatToDoAbout } from "./announce-exception"
import { refundDuePayment } from "./canceled-order-refunds"
import { providerIsGone } from "./exception-choices"
import { settledBefore, takeFor } from "./take-exception"

export type RefundExceptionInput = {
  id: string
  note?: string
  /** The admin who wants it, or `system`. */
  actor: string
}

/**
 * Gives a payment exception back through its gateway, once, however often it is run. Where the outcome is
 * not known it fails and can be run again: the gateway is asked first.
 *
 * @throws MedusaError not_found; not_allowed for what was settled before, what the gateway can't give back,
 * refused, or has not confirmed; conflict where somebody else is at it
 */
export const refundExceptionWorkflow = oneStepWorkflow(
  "refund-payment-exception",
  async (container, input: RefundExceptionInput) =>
    await oneActionAtATime(container, input.id, () => refund(container, input))
)

async function refund(
  container: MedusaContainer,
  { id, actor, note = null }: Omit<RefundExceptionInput, "note"> & { note?: string | null }
): Promise<PaymentException> {
  const { found, order, context } = await openException(container, id, actor)
  if (found.kind === "refund_failed" && found.payment_id) {
    throw notAllowed(`Nothing was sent. ${whatToDoAbout(found)}`, { code: "no_money" })
  }
  const exceptions = exceptionsOf(container)
  try {
    const own =
      found.kind === "refund_due" && found.payment_id
        ? await ownPaymentById(container, found.payment_id)
        : undefined
    if (own && (own.payment.captures ?? []).length > 0) {
      await refundDuePayment(container, own, actor)
    } else {
      await refundException(context, order, found) // Medusa has nothing to refund it from
    }
  } catch (error) {
    const reason = errorMessage(error)
    await exceptions.addLine(found.id, { actor, action: "refund failed", note: reason })
    throw error
  }
  const line = { actor, action: "refunded", note }
  const settled = await exceptions.settle(found.id, { state: "refunded" }, line)
  if (settled) {
    return settled
  }
  // The gateway told of the refund before it was noted here: it was made all the same, and by whom stays with it.
  await exceptions.addLine(found.id, line)
  return (await exceptions.find(found.id)) ?? found
}

export type CloseExceptionInput = {
  id: string
  /** Why nothing is left to do. */
  note: string
  /** The admin who says so. */
  actor: string
}

/**
 * Closes a payment exception: a person says that nothing is left to do about it.
 *
 * @throws MedusaError not_found; not_allowed for what was settled before; conflict where somebody else is at it
 */
export const closeExceptionWorkflow = oneStepWorkflow(
  "close-payment-exception",
  async (container, input: CloseExceptionInput) =>
    await oneActionAtATime(container, input.id, () => close(container, input))
)

/** After what is under way about it: a refund that is being made is not closed over. */
async function close(
  container: MedusaContainer,
  { id, note, actor }: CloseExceptionInput
): Promise<PaymentException> {
  const found = await takeFor(container, id, actor)
  const line = { actor, action: "closed", note }
  const closed = await exceptionsOf(container).settle(id, { state: "closed" }, line)
  if (!closed) {
    throw await settledBefore(container, (await exceptionsOf(container).find(id)) ?? found)
  }
  return closed
}

/**
 * One action at a time; the money itself is guarded by the journal. What it acts on is read inside: while it waited,
 * another action can have settled it.
 */
export async function oneActionAtATime<Result>(
  container: MedusaContainer,
  id: string,
  act: () => Promise<Result>
): Promise<Result> {
  return await withLeaseOf(container, leaseKeys.paymentException(id), act)
}

/** What an admin's action on a payment exception works with. */
type OpenException = {
  found: HeldMoney
  order: GatewayOrder
  context: GatewayContext
}

/**
 * What an action on money that stands without an order works with, taken for who acts; read it again after each wait.
 *
 * @throws MedusaError not_found; not_allowed for what was settled before, for an operation that Medusa lost, and where the
 * provider is not in the shop's config any more; conflict where somebody else is at it
 */
export async function openException(
  container: MedusaContainer,
  id: string,
  actor: string
): Promise<OpenException> {
  const found = await takeFor(container, id, actor)
  if (!isHeldMoney(found)) {
    throw notAllowed(
      `No money waits for anything under ${found.reference}. ${whatToDoAbout(found)}`,
      { code: "no_money" }
    )
  }
  const gateway = gatewayContextOf(container, found.provider_id)
  const order = await journalOf(container).findOrder(found.reference)
  if (!gateway || !order) {
    throw notAllowed(providerIsGone(found), {
      code: "provider_gone",
      details: { provider: found.provider_id },
    })
  }
  return { found, order, context: gateway.context }
}
