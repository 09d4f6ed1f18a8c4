import { GatewayError } from "../../gateways/shared/errors"
import { decimal, equal, fitsDecimals, fixedAt, tryDecimal } from "../../gateways/shared/money"
import { type GatewayOrder, mostCandidateIds } from "../../modules/payment-journal/gateway-order"
import { anotherPaymentReference, isAnotherPayment } from "../../modules/payment-journal/references"
import type { GatewayContext } from "./context"
import { knownOrder, orderDecimals } from "./order-details"
import { type SyncedOrder, syncOrder, decisionOfJournal } from "./sync-order"

type News = {
  /** Whether it is proven who sent it. */
  isProven: boolean
  /** It tells of what comes after an order was paid. */
  isLater: boolean
  /** The gateway's own number of the payment it tells of. */
  gatewayId?: string
  /** What it claims was paid; compared, never believed. */
  claimedAmount?: string
}

/** Whoever can't prove to be the gateway makes it ask only as long as there is something to find out. */
export async function syncFromEvent(
  context: GatewayContext,
  order: GatewayOrder,
  { isProven, isLater, gatewayId, claimedAmount }: News
): Promise<SyncedOrder> {
  const claimed = tryDecimal(claimedAmount)
  if (claimed !== undefined && !equal(claimed, decimal(order.amount))) {
    context.log.warn(
      `${context.gateway.title}: a webhook for ${order.reference} names another amount than the ${order.amount} ` +
        `${order.currency_code} that were ordered`
    )
  }
  const known = decisionOfJournal(order)
  const asked =
    known && !isProven && !isLater
      ? { order, decision: known }
      : await syncOrder(context, await noteCandidateId(context, order, gatewayId))
  if (asked.decision.type !== "paid" && asked.decision.type !== "refunded") {
    return asked
  }
  const another = await findAnotherPayment(context, asked.order, { gatewayId, isProven })
  await noteCandidateId(context, asked.order, isProven ? undefined : gatewayId)
  return another === undefined ? asked : { ...asked, another }
}

async function noteCandidateId(
  { journal }: GatewayContext,
  order: GatewayOrder,
  candidateId: string | undefined
): Promise<GatewayOrder> {
  if (candidateId === undefined || candidateId === order.gateway_id) {
    return order
  }
  await journal.noteCandidateId(order.reference, candidateId)
  return (await journal.findOrder(order.reference)) ?? order
}

/**
 * Looks after a payment that a message names and that is not the one which paid the order: a second tab of a hosted
 * page, or another session of the same shopper's. Where the gateway proves, server to server, that it took money
 * under the order's reference, the money is written down beside the order.
 *
 * Whoever can't prove to be the gateway has few numbers asked about, and of one order no more than it keeps as `candidate_ids`.
 *
 * @returns the journal's reference of the other payment; undefined where there is none
 * @throws GatewayError when the gateway can't be asked
 */
async function findAnotherPayment(
  context: GatewayContext,
  order: GatewayOrder,
  { gatewayId, isProven }: { gatewayId: string | undefined; isProven: boolean }
): Promise<string | undefined> {
  const { gateway, journal, log } = context
  const isOwn = gatewayId === undefined || gatewayId === order.gateway_id || isAnotherPayment(order)
  if (isOwn || !gateway.queryPayment) {
    return undefined
  }
  const reference = anotherPaymentReference(order.reference, gatewayId)
  const known = await journal.findOrder(reference)
  if (known && known.state !== "opening") {
    if (isProven) {
      await syncOrder(context, known) // such as that the shopper's bank took it back
    }
    return reference
  }
  const counted = await journal.moneyOfOrder(order.reference)
  const cannotQuery =
    !isProven &&
    !order.candidate_ids.includes(gatewayId) &&
    order.candidate_ids.length >= mostCandidateIds
  if (cannotQuery || counted.some((money) => money.gateway_id === gatewayId)) {
    return undefined
  }
  const payment = await unlessRefused(gateway.queryPayment(knownOrder(order), gatewayId))
  if (!payment) {
    return undefined
  }
  const decimals = orderDecimals(gateway, order)
  const exact = decimal(payment.amount)
  const amount = fitsDecimals(exact, decimals) ? fixedAt(exact, decimals) : exact
  const { money } = await journal.receiveMoney({
    provider_id: order.provider_id,
    gateway_id: gatewayId,
    order_reference: reference,
    amount,
    currency_code: payment.currency,
  })
  if (money.order_reference !== reference) {
    return undefined // it was counted for an order of its own before
  }
  await journal.openOrder({
    reference,
    provider_id: order.provider_id,
    session_id: order.session_id,
    payment_collection_id: order.payment_collection_id,
    customer_id: order.customer_id,
    requested_amount: amount,
    amount,
    currency_code: payment.currency,
    details: { gateway_data: knownOrder(order).gatewayData },
    // It pays for no session until a person attaches it to one.
    attached_session_id: anotherPaymentReference(order.session_id, gatewayId),
  })
  await journal.releaseSession(reference)
  await journal.changeOrder(reference, { state: "paid", gateway_id: gatewayId })
  log.warn(
    `${gateway.title}: ${amount} ${payment.currency} came for ${order.reference} by its payment ${gatewayId}, beside ` +
      `the payment that the order was opened for`
  )
  return reference
}

/** A number that the gateway refuses to tell about is no payment of ours. */
async function unlessRefused<Answer>(question: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await question
  } catch (error) {
    if (error instanceof GatewayError && error.outcome === "declined" && !error.isUnauthorized) {
      return undefined
    }
    throw error
  }
}
