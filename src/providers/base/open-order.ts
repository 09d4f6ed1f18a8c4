import type { BigNumberInput } from "@medusajs/framework/types"
import {
  fixedAt,
  InvalidAmountError,
  isPositive,
  roundHalfUp,
  type DecimalString,
  placesFor,
} from "../../gateways/shared/money"
import { GatewayError } from "../../gateways/shared/errors"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { orderReference } from "../../modules/payment-journal/order-reference"
import {
  gatewayRefused,
  invalidData,
  notAllowed,
  notReached,
  outcomeUnknown,
  saidBy,
  words,
  notAvailable,
  setUpAdvice,
} from "./errors"
import type { GatewayContext } from "./context"
import { knownOrder, orderDetails, type OrderDetails } from "./order-details"
import { medusaAmount } from "./amounts"
import { payerProblems } from "./storefront-input"
import type { OpenedOrder, OrderToOpen, PaymentGateway } from "./gateway"
import type { ShopperWishes } from "./storefront-input"

export type OrderWish = {
  sessionId: string
  providerId: string
  paymentCollectionId: string | null
  customerId: string | null
  attempt: number
  amount: BigNumberInput
  currency: string
  wishes: ShopperWishes
}

export type ChargeableAmount = { requested: DecimalString; charged: string; currency: string }

/**
 * What the gateway is to charge: Medusa's amount, which is not rounded (99.99 plus 12 % is 111.9888),
 * rounded half up to the gateway's places. This is the one place where an amount is rounded.
 *
 * @throws MedusaError invalid_data for a currency the gateway doesn't take, or nothing to charge
 */
export function chargeableAmount(
  gateway: PaymentGateway,
  amount: BigNumberInput,
  currencyCode: string
): ChargeableAmount {
  const currency = currencyCode.toLowerCase()
  const places = placesFor(gateway.places, currency)
  if (places === undefined) {
    // What the owner has to change is told to them: see workflows/payment/unusable-providers.ts.
    throw invalidData(
      `${gateway.title} can't be used for a payment in ${currency.toUpperCase()}. Choose another way to pay`
    )
  }
  const requested = exactAmount(amount)
  const charged = roundHalfUp(requested, places)
  if (!isPositive(charged)) {
    throw invalidData(`${gateway.title} can't be paid with ${requested} ${currency.toUpperCase()}`)
  }
  return { requested, charged: fixedAt(charged, places), currency }
}

/**
 * Opens an order at the gateway, or gives back the one that is open already. The journal's row is committed
 * before the gateway is asked, and where the answer is lost the gateway is asked what became of it before
 * anything is sent again.
 *
 * @throws MedusaError not_allowed with the gateway's words and our reference
 */
export async function openOrder(context: GatewayContext, wish: OrderWish): Promise<GatewayOrder> {
  const { gateway, journal } = context
  const { requested, charged, currency } = chargeableAmount(gateway, wish.amount, wish.currency)
  const { order, isNew } = await journal.openOrder({
    reference: referenceOf(wish),
    provider_id: wish.providerId,
    session_id: wish.sessionId,
    payment_collection_id: wish.paymentCollectionId,
    customer_id: wish.customerId,
    requested_amount: requested,
    amount: charged,
    currency_code: currency,
    details: wish.wishes.returnUrl ? { return_url: wish.wishes.returnUrl } : null,
  })
  if (!isNew) {
    const known = await orderKnownToTheGateway(context, order, { charged, currency })
    if (known) {
      return known
    }
  }
  const problems = payerProblems(gateway.capabilities.payer, wish.wishes.payer)
  if (problems) {
    await noteRefusal(context, order)
    throw invalidData(
      `${gateway.title} needs more of the payer: ${problems}. Give it in the customer, the billing ` +
        `address, or the payment session's data`
    )
  }
  const opened = await create(context, order, {
    ...wish.wishes,
    reference: order.reference,
    amount: order.amount,
    currency,
    customerId: wish.customerId ?? undefined,
  })
  return "state" in opened ? opened : await recordOpened(context, order, opened)
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
    if (error.outcome === "unknown") {
      const recovered = await recover(context, order)
      if (recovered) {
        return recovered
      }
      refuseWhereSetUpIsWrong(context, order, error)
      throw outcomeUnknown(gateway.title, saidBy(error), order.reference, tryAgain)
    }
    await noteRefusal(context, order)
    refuseWhereSetUpIsWrong(context, order, error)
    const complain = error.outcome === "not_sent" ? notReached : gatewayRefused
    const advice = "Nothing was charged. Choose another way to pay, or try again later"
    throw complain(gateway.title, saidBy(error), order.reference, advice)
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
    log.error(`${order.provider_id}: ${order.reference} was not opened${words(error)}. ${advice}`)
    throw notAvailable(gateway.title, order.reference)
  }
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

const tryAgain = "Nothing was charged. Try again, or choose another way to pay"

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
    throw outcomeUnknown(gateway.title, saidBy(error), order.reference, tryAgain)
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
      kept: opened.kept,
      charge_with: opened.chargeWith,
    } satisfies OrderDetails,
    expires_at: opened.expiresAt ?? null,
  })
  return changed ?? order
}

function referenceOf(wish: OrderWish): string {
  try {
    return orderReference(wish.sessionId, wish.attempt)
  } catch (error) {
    if (error instanceof RangeError) {
      throw notAllowed(`${error.message}. Choose the payment method again`)
    }
    throw error
  }
}

function exactAmount(amount: BigNumberInput): DecimalString {
  try {
    return medusaAmount(amount)
  } catch (error) {
    if (error instanceof InvalidAmountError) {
      throw invalidData(`The amount can't be read: ${error.message}`)
    }
    throw error
  }
}
