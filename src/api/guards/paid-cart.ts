import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { completeCartWorkflow } from "@medusajs/medusa/core-flows"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { LeaseTakenError } from "../../modules/payment-journal/repositories/leases"
import { syncForShopper } from "../../providers/base/payment-status"
import { gatewayContextOf, journalOf } from "../../providers/registry"
import { errorMessage, failureMessages } from "../../shared/errors"
import { SingleFlight } from "../../shared/concurrency"
import { settleOrderWorkflow } from "../../workflows"
import { cartIdOfCollection, collectionOfCart } from "../../workflows/medusa-reads"
import { LeftOrderError, mendOrderLinks } from "../../workflows/orphan-orders/order-links"
import { completingCart } from "../../workflows/payments/cart-completion"
import { paymentForOtherTotal } from "../../workflows/payments/cart-total"
import { answerAfter } from "./answer-after"

/** A shopper who changes a cart waits no longer than this for a gateway, in milliseconds. */
const patienceMs = 3_000

const completions = new SingleFlight<Completed | undefined>()

type Completed = { orderId: string } | "being_completed"

/**
 * Stands before the store's routes that change a cart. A change makes Medusa delete the payment session,
 * and what the shopper paid a moment ago would belong to nobody. So the gateway is asked first: a paid cart
 * is completed, and the change is answered by 409 with its order. Whatever can't be found out in time lets
 * the change pass; the journal still knows the order. Changes that come one upon the other share one question, and
 * the last answer serves for a moment; see `syncForShopper` for why that costs nobody money.
 */
export async function paidCart(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  return await guard(req, res, next, String(req.params.id))
}

/** The same for the route that chooses a payment method: choosing again deletes the session as well. */
export async function paidCartOfCollection(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const cartId = await cartIdOfCollection(req.scope, String(req.params.id))
  return cartId ? await guard(req, res, next, cartId) : next()
}

async function guard(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction,
  cartId: string
): Promise<void> {
  const isPaid = await withinPatience(wasPaid(req.scope, cartId))
  const completed = isPaid
    ? await completions.run(cartId, async () => await complete(req.scope, cartId))
    : undefined
  if (completed === undefined) {
    return next()
  }
  if (completed === "being_completed") {
    return answerBeingCompleted(res)
  }
  const { orderId } = completed
  res.status(409).json({
    type: "not_allowed",
    code: "cart_already_paid",
    message: `This cart was paid and can't be changed any more: it is order ${orderId}`,
    order_id: orderId,
  })
}

/** Never rejects: a cart can be changed although the journal can't be read. */
async function wasPaid(container: MedusaContainer, cartId: string): Promise<boolean> {
  try {
    const orders = await journalOf(container).bindingOrdersOfCart(cartId)
    const answers = await Promise.all(orders.map((order) => isPaid(container, order)))
    return answers.includes(true)
  } catch (error) {
    const reason = errorMessage(error)
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(`Cart ${cartId} is changed without knowing whether it was paid: ${reason}`)
    return false
  }
}

async function isPaid(container: MedusaContainer, order: GatewayOrder): Promise<boolean> {
  if (order.state === "paid" || order.state === "authorized") {
    return true
  }
  const gateway = gatewayContextOf(container, order.provider_id)
  if (!gateway) {
    return false
  }
  const { context } = gateway
  try {
    const { decision } = await syncForShopper(context, order)
    return decision.type === "paid" || decision.type === "authorized"
  } catch (error) {
    const reason = errorMessage(error)
    context.log.warn(
      `A cart is changed without knowing whether ${order.reference} was paid: ${reason}`
    )
    return false
  }
}

async function withinPatience<T>(answer: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs)
  })
  try {
    return await Promise.race([answer, timeout])
  } finally {
    clearTimeout(timer)
  }
}

/** Undefined where a paid cart can't be made an order, which only a person can mend. */
async function complete(
  container: MedusaContainer,
  cartId: string
): Promise<Completed | undefined> {
  if (await paymentForOtherTotal(container, cartId)) {
    return undefined // what was paid is not what the cart costs: it is listed when its news come
  }
  const run = () =>
    completeCartWorkflow(container).run({ input: { id: cartId }, throwOnError: false })
  const completed = await unlessBeingCompleted(
    completingCart(container, cartId, () => withOrderLinked(container, cartId, run))
  )
  if (completed === "being_completed") {
    return completed
  }
  const { result, errors } = completed
  if (errors.length === 0) {
    return { orderId: result.id }
  }
  const reason = failureMessages(errors)
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .error(`Cart ${cartId} was paid but could not be made an order: ${reason}`)
  return undefined
}

/**
 * Stands before `POST /store/carts/:id/complete`. Core makes the order of whatever was paid, so a cart whose total
 * another module changed after its payment was opened is answered by 409. The gateway is asked first: what was paid
 * is listed for a person.
 */
export async function cartTotalGuard(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const found = await paymentForOtherTotal(req.scope, String(req.params.id))
  if (!found) {
    return next()
  }
  const { order, total } = found
  await settleOrderWorkflow(req.scope).run({
    input: { provider_id: order.provider_id, reference: order.reference },
    throwOnError: false,
  })
  res.status(409).json({
    type: "not_allowed",
    code: "cart_total_changed",
    message:
      `No order was placed: the cart costs ${total.amount} ${total.currency_code.toUpperCase()} by now, and its payment ` +
      `was opened for ${order.amount} ${order.currency_code.toUpperCase()}. Choose the payment method again. If you have ` +
      `paid already, the shop was told (reference ${order.reference})`,
  })
}

/** As long as Medusa's own completion waits for its lock, in milliseconds. */
const completionPatienceMs = 30_000

/**
 * Stands before the store's own completion of a cart, where an order was opened at a gateway for it: one
 * completion at a time, whether a shopper asks for it or a gateway's message does, and what a server that dies in
 * it leaves locked is released by the next.
 */
export async function completeCartGuard(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const cartId = String(req.params.id)
  const orders = await journalOf(req.scope).bindingOrdersOfCart(cartId)
  if (orders.length === 0) {
    return next()
  }
  const work = answerAfter(res, next, async (complete) => {
    const completion = () => withOrderLinked(req.scope, cartId, complete)
    await completingCart(req.scope, cartId, completion, { patienceMs: completionPatienceMs })
  })
  if ((await unlessBeingCompleted(work)) === "being_completed") {
    answerBeingCompleted(res)
  }
}

/** Core gives back what was captured where it finds an order that holds the cart's payments and is not the cart's. */
async function withOrderLinked<Result>(
  container: MedusaContainer,
  cartId: string,
  complete: () => Promise<Result>
): Promise<Result> {
  const collectionId = await collectionOfCart(container, cartId)
  if (collectionId !== undefined) {
    await mendOrderLinks(container, collectionId, cartId)
  }
  return await complete()
}

/** What `completion` came to, unless somebody else is at it, or what a dead server left of it is taken back first. */
async function unlessBeingCompleted<Result>(
  completion: Promise<Result>
): Promise<Result | "being_completed"> {
  try {
    return await completion
  } catch (error) {
    if (error instanceof LeaseTakenError || error instanceof LeftOrderError) {
      return "being_completed"
    }
    throw error
  }
}

function answerBeingCompleted(res: MedusaResponse): void {
  res.status(409).json({
    type: "conflict",
    code: "cart_is_being_completed",
    message: "This cart is being made an order at this moment. Ask again in a moment",
  })
}
