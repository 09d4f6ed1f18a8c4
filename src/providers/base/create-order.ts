/**
 * How an order is opened at a gateway: its row first, then the call; and when another order may take its place.
 */
import type { BigNumberInput } from "@medusajs/framework/types"
import { GatewayError } from "../../gateways/shared/errors"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { orderReference, parseOrderReference } from "../../modules/payment-journal/references"
import { chargeableAmount, type ChargeableAmount } from "./amounts"
import { hasUnsettledCharge } from "./charge"
import type { GatewayContext } from "./context"
import {
  gatewayRefused,
  invalidData,
  notAllowed,
  notAvailable,
  notReached,
  outcomeUnknown,
  gatewayErrorOf,
  setUpAdvice,
  errorInBrackets,
} from "./errors"
import type { OpenedOrder, OrderToOpen } from "./gateway"
import { knownOrder, orderDetails, type OrderDetails } from "./order-details"
import { payerProblems, type ShopperInput } from "./storefront-input"
import { syncOrder } from "./sync-order"

type CreateOrderInput = {
  sessionId: string
  providerId: string
  paymentCollectionId: string | null
  customerId: string | null
  attempt: number
  amount: BigNumberInput
  currency: string
  shopper: ShopperInput
}

/**
 * Opens an order at the gateway, or gives back the one that is open already. The journal's row is committed
 * before the gateway is asked, and where the answer is lost the gateway is asked what became of it before
 * anything is sent again.
 *
 * @throws MedusaError not_allowed with the gateway's words and our reference
 */
export async function createOrder(
  context: GatewayContext,
  input: CreateOrderInput
): Promise<GatewayOrder> {
  const { gateway, journal } = context
  const { requested, charged, currency } = chargeableAmount(gateway, input.amount, input.currency)
  const { order, isNew } = await journal.openOrder({
    reference: referenceOf(input),
    provider_id: input.providerId,
    session_id: input.sessionId,
    payment_collection_id: input.paymentCollectionId,
    customer_id: input.customerId,
    requested_amount: requested,
    amount: charged,
    currency_code: currency,
    details: input.shopper.returnUrl ? { return_url: input.shopper.returnUrl } : null,
  })
  if (!isNew) {
    const known = await orderKnownToTheGateway(context, order, { charged, currency })
    if (known) {
      return known
    }
  }
  const problems = payerProblems(gateway.capabilities.payer, input.shopper.payer)
  if (problems) {
    await noteRefusal(context, order)
    throw invalidData(
      `${gateway.title} needs more of the payer: ${problems}. Give it in the customer, the billing ` +
        `address, or the payment session's data`
    )
  }
  const opened = await create(context, order, {
    ...input.shopper,
    reference: order.reference,
    amount: order.amount,
    currency,
    customerId: input.customerId ?? undefined,
  })
  return "state" in opened ? opened : await recordOpened(context, order, opened)
}

function referenceOf(input: CreateOrderInput): string {
  try {
    return orderReference(input.sessionId, input.attempt)
  } catch (error) {
    if (error instanceof RangeError) {
      throw notAllowed(`${error.message}. Choose the payment method again`)
    }
    throw error
  }
}

async function orderKnownToTheGateway(
  context: GatewayContext,
  order: GatewayOrder,
  { charged, currency }: Pick<ChargeableAmount, "charged" | "currency">
): Promise<GatewayOrder | undefined> {
  if (order.amount !== charged || order.currency_code !== currency) {
    throw invalidData(
      `Payment ${order.reference} was opened for ${order.amount} ${order.currency_code}, ` +
        `not ${charged} ${currency}: open a new session`
    )
  }
  switch (order.state) {
    case "refused":
      await context.journal.changeOrder(order.reference, { state: "opening" })
      return undefined
    case "opening":
      return await recover(context, order)
    default:
      return order
  }
}

async function create(
  context: GatewayContext,
  order: GatewayOrder,
  toOpen: OrderToOpen
): Promise<OpenedOrder | GatewayOrder> {
  const { gateway } = context
  try {
    return await gateway.createOrder(toOpen)
  } catch (error) {
    if (!(error instanceof GatewayError)) {
      throw error
    }
    await context.noteFailure(order.provider_id, error)
    if (error.outcome === "unknown") {
      const recovered = await recover(context, order)
      if (recovered) {
        return recovered
      }
      refuseWhereSetUpIsWrong(context, order, error)
      throw outcomeUnknown(gateway.title, gatewayErrorOf(error), order.reference, tryAgain)
    }
    await noteRefusal(context, order)
    refuseWhereSetUpIsWrong(context, order, error)
    const complain = error.outcome === "not_sent" ? notReached : gatewayRefused
    const advice = "Nothing was charged. Choose another way to pay, or try again later"
    throw complain(gateway.title, gatewayErrorOf(error), order.reference, advice)
  }
}

/**
 * Whether the gateway has an order whose creation was never answered, and how it can be paid; undefined
 * where it has none, or can't tell again how to pay it.
 *
 * @throws MedusaError not_allowed when it can't be found out: another order could be a second one
 */
async function recover(
  context: GatewayContext,
  order: GatewayOrder
): Promise<GatewayOrder | undefined> {
  const { gateway } = context
  try {
    const report = await gateway.queryOrder(knownOrder(order))
    return report.nextAction
      ? await recordOpened(context, order, { ...report, nextAction: report.nextAction })
      : undefined
  } catch (error) {
    if (!(error instanceof GatewayError)) {
      throw error
    }
    if (error.outcome === "declined" && !error.isUnauthorized) {
      return undefined // it answered that it has no such order
    }
    refuseWhereSetUpIsWrong(context, order, error)
    throw outcomeUnknown(gateway.title, gatewayErrorOf(error), order.reference, tryAgain)
  }
}

async function recordOpened(
  { journal }: GatewayContext,
  order: GatewayOrder,
  opened: OpenedOrder
): Promise<GatewayOrder> {
  const changed = await journal.changeOrder(order.reference, {
    state: "open",
    gateway_id: opened.gatewayId ?? null,
    details: {
      ...orderDetails(order),
      next_action: opened.nextAction,
      gateway_data: opened.gatewayData,
      charge_with: opened.chargeWith,
    } satisfies OrderDetails,
    expires_at: opened.expiresAt ?? null,
  })
  return changed ?? order
}

/** The shopper is owed the gateway's refusal, also where it could not be written down. */
async function noteRefusal(
  { gateway, journal, log }: GatewayContext,
  order: GatewayOrder
): Promise<void> {
  try {
    await journal.changeOrder(order.reference, { state: "refused" })
  } catch (error) {
    const reason = error instanceof Error ? error.name : "unknown error"
    log.warn(`${gateway.title}: could not note that ${order.reference} was refused: ${reason}`)
  }
}

/** The owner is told in the log what to set right; the shopper can only choose another way to pay. */
function refuseWhereSetUpIsWrong(
  { gateway, log }: GatewayContext,
  order: GatewayOrder,
  error: GatewayError
): void {
  const advice = setUpAdvice(gateway, error, order.provider_id)
  if (advice) {
    log.error(
      `${order.provider_id}: ${order.reference} was not opened${errorInBrackets(error)}. ${advice}`
    )
    throw notAvailable(gateway.title, order.reference)
  }
}

const tryAgain = "Nothing was charged. Try again, or choose another way to pay"

/**
 * Makes sure that another order may take the place of one whose amount is out of date.
 *
 * @throws MedusaError not_allowed when it was paid already, in part or in full, or the outcome of its charge
 * is not known; the gateway is asked first
 */
export async function requireUnpaid(context: GatewayContext, order: GatewayOrder): Promise<void> {
  if (order.state === "refused") {
    return // the gateway never had it: there is nothing that could have been paid
  }
  const state = await askedState(context, order)
  if (state === "paid" || state === "authorized") {
    throw notAllowed(
      `Payment ${order.reference} was already ${state} with ${order.amount} ` +
        `${order.currency_code.toUpperCase()}: complete the cart or refund it before the amount changes`
    )
  }
  await refuseIfMoneyCame(context, order)
  if (await hasUnsettledCharge(context, order)) {
    throw notAllowed(
      `The outcome of the charge of ${order.reference} with ${order.amount} ` +
        `${order.currency_code.toUpperCase()} at ${context.gateway.title} is not known yet: the amount can't ` +
        `change before it is. Try again in a minute`
    )
  }
}

async function askedState(context: GatewayContext, order: GatewayOrder): Promise<string> {
  try {
    return (await syncOrder(context, order)).decision.type
  } catch (error) {
    if (error instanceof GatewayError) {
      return order.state // not to be found out now: what the journal knows has to do
    }
    throw error
  }
}

/**
 * An order that is not paid can hold money all the same: a part of it, or another amount.
 *
 * @throws MedusaError not_allowed that names what came
 */
export async function refuseIfMoneyCame(
  { gateway, journal }: GatewayContext,
  order: GatewayOrder
): Promise<void> {
  const money = order.state === "refunded" ? [] : await journal.moneyOfOrder(order.reference)
  if (money.length > 0) {
    const sums = money.map(
      ({ amount, currency_code }) => `${amount} ${currency_code.toUpperCase()}`
    )
    throw notAllowed(
      `${gateway.title} received ${sums.join(" and ")} for ${order.reference}: look it up in the ` +
        `gateway's dashboard and settle or refund it there first`
    )
  }
}

export function isUnopened(order: GatewayOrder): boolean {
  return order.state === "refused" || order.state === "opening"
}

/** The same again for an order that could not be opened; another one in the place of one that was. */
export function nextAttempt(current: GatewayOrder | undefined, isWanted: boolean): number {
  const attempt = current ? (parseOrderReference(current.reference)?.attempt ?? 0) : -1
  return isWanted ? attempt : attempt + 1
}
