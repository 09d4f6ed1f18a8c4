import type { MedusaContainer } from "@medusajs/framework/types"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "../../providers/base/context"
import { errorMessage } from "../../shared/errors"
import { readBookingState } from "../exceptions/booking-state"
import { matchOrListKnownPayment } from "../exceptions/unmatched-payments"
import { notifyAdmins, notifyOfOpenOutcome } from "../notifications"
import { cancelOrder } from "../../providers/base/cancel"
import { sessionOf } from "../../providers/base/order-details"
import { isPaid, type PaymentState } from "../../storefront/payment-state"
import { type SettledOrder, settleOrderWorkflow } from "../payments/settle-payment"
import {
  canBePaid,
  canTellMore,
  type CheckOutcome,
  dayMs,
  decideFailedCheck,
  type CheckDecision,
  decideOrderCheck,
  type OrderCheck,
  reminderOf,
  settledBy,
} from "./check-schedule"
import { releaseReservation } from "../medusa-writes"
import { leaseKeys, withLeaseOf } from "../leases"
import { paymentsOfSession } from "../medusa-payments"
import { sessionRow, isBooked } from "../medusa-reads"

/** Makes the journal itself answer for what it holds as paid: the gateway has nothing to add. */
const noNews = { is_proven: false, is_later: false, gateway_id: null }

/** Asks about an order that was taken over, brings it to its end where there is one, and says when to ask again. */
export async function reconcileOrder(
  container: MedusaContainer,
  context: GatewayContext,
  order: GatewayOrder
): Promise<CheckOutcome> {
  const { gateway, journal, log } = context
  const { capabilities } = gateway
  const { reference } = order
  const checked = await check(container, context, order)
  const now = new Date()
  const decision =
    "failure" in checked
      ? decideFailedCheck(order, capabilities, now)
      : decideOrderCheck(checked, capabilities, now)
  const reminder = reminderOf(order, capabilities)
  const isReserved = !("failure" in checked) && checked.state === "authorized"
  if (isReserved && reminder && reminder <= now) {
    await notifyOfReservation(container, context, order)
  }
  await journal.scheduleOrderCheck(reference, decision.next)
  if (!("failure" in checked)) {
    await leave(container, context, order, { decision, now })
    return decision
  }
  if (decision.next === null || now >= settledBy(order, capabilities.settlesWithinDays)) {
    await notifyOfOpenOutcome(container, context, {
      key: "given-up",
      reference,
      sentence:
        `${gateway.title}: whether ${nameOf(order)} was paid could not be found out in the time that it takes there ` +
        `(${checked.failure}). Look it up in the gateway's dashboard`,
    })
  }
  log.warn(`${gateway.title}: ${reference} could not be settled: ${checked.failure}`)
  if (checked.isOfAccess) {
    const { failure } = checked
    const { provider_id: providerId } = order
    await notifyOfRefusedAccess(container, context, { providerId, failure, now })
  }
  await noteOrderNotMade(container, context, reference)
  return { ...decision, error: `${reference}: ${checked.failure}` }
}

/** `isOfAccess`: the gateway does not take the shop's credentials, whatever the payment. */
type FailedCheck = { failure: string; isOfAccess: boolean }

async function check(
  container: MedusaContainer,
  context: GatewayContext,
  order: GatewayOrder
): Promise<OrderCheck | FailedCheck> {
  const { provider_id, reference } = order
  const { result, errors } = await settleOrderWorkflow(container).run({
    input: {
      provider_id,
      reference,
      ...(canTellMore(order) ? {} : { news: noNews }),
    },
    throwOnError: false,
  })
  const [failed] = errors
  if (failed) {
    const { error } = failed
    return { failure: error?.message ?? "unknown error", isOfAccess: isRefusedAccess(error) }
  }
  try {
    return (await releaseReservation(container, order, result.state)) ||
      (await releaseUnusable(container, context, order, result.state))
      ? { order, state: "canceled", booking: "none" }
      : await checkOf(container, order, result)
  } catch (error) {
    return {
      failure: errorMessage(error),
      isOfAccess: isRefusedAccess(error),
    }
  }
}

/**
 * Gives a reservation back that can pay for nothing any more, because Medusa has neither its payment session nor a
 * payment of it: the shopper changed the cart, or chose again, and paid in the tab before. No order can be made of it, no
 * admin attach or cancel it, and the shopper's bank would keep the money back for days.
 *
 * @param state what the gateway said just now
 * @returns whether there was such a one
 * @throws MedusaError in the words of the gateway while it can't be given back
 */
async function releaseUnusable(
  container: MedusaContainer,
  context: GatewayContext,
  order: GatewayOrder,
  state: PaymentState | null
): Promise<boolean> {
  if (state !== "authorized" || !context.gateway.capabilities.voids) {
    return false
  }
  const { journal, gateway, log } = context
  const sessionId = sessionOf(order)
  return await withLeaseOf(container, leaseKeys.payment(sessionId), async () => {
    const current = await journal.findOrder(order.reference)
    const isUsable =
      (await sessionRow(container, sessionId)) !== undefined ||
      (await paymentsOfSession(container, sessionId)).length > 0
    if (isUsable || current?.state !== "authorized") {
      return false
    }
    await cancelOrder(context, { order: current, existingPayments: async () => [] })
    log.warn(
      `${gateway.title}: ${nameOf(order)} was reserved for a cart that is paid otherwise by now, or not at all: it was given back`
    )
    return true
  })
}

async function checkOf(
  container: MedusaContainer,
  order: GatewayOrder,
  { state, todo, session_id }: SettledOrder
): Promise<OrderCheck> {
  if (todo) {
    return { order, state, booking: "made_now" }
  }
  if (state === null || !isPaid(state)) {
    return { order, state, booking: "none" } // as with most: there is no money that could be booked
  }
  const session = session_id ? await sessionRow(container, session_id) : undefined
  return { order, state, booking: (await isBooked(container, session)) ? "made_before" : "none" }
}

/** What went wrong with a question: the shop's own access, and not one payment. Errors lose their class in a workflow. */
const ofAccess: readonly unknown[] = ["unauthorized", "no_token"]

function isRefusedAccess(error: unknown): boolean {
  return (
    typeof error === "object" && error !== null && ofAccess.includes(Reflect.get(error, "reason"))
  )
}

/** Tells the admins, by a line in the log and once in the dashboard, of money that was reserved and not captured. */
async function notifyOfReservation(
  container: MedusaContainer,
  context: GatewayContext,
  order: GatewayOrder
): Promise<void> {
  const { gateway, log } = context
  const { reference, amount, currency_code, created_at } = order
  const { order_id } = await readBookingState(container, context, order)
  const days = Math.floor((Date.now() - created_at.getTime()) / dayMs)
  const what =
    `${gateway.title}: ${amount} ${currency_code.toUpperCase()} of ${reference} ` +
    `(${order_id ? `order ${order_id}` : "no order stands for it"}) have been reserved for ${days} days and ` +
    `were not captured. The shopper's bank lets go of them soon: capture the payment, or cancel it`
  log.warn(what)
  await notifyAdmins(container, {
    key: `reservation:${reference}`,
    title: "A reservation is about to lapse",
    description: what,
  })
}

/**
 * Tells the admins of an order that is not asked about any more and can still be paid. One that can't be paid any more,
 * as most left carts, is only logged.
 */
async function leave(
  container: MedusaContainer,
  context: GatewayContext,
  order: GatewayOrder,
  { decision, now }: { decision: CheckDecision; now: Date }
): Promise<void> {
  if (decision.count !== "given_up") {
    return
  }
  const { gateway, log } = context
  if (canBePaid(order, gateway.capabilities, now)) {
    await notifyOfOpenOutcome(container, context, {
      key: "given-up",
      reference: order.reference,
      sentence:
        `${gateway.title}: ${nameOf(order)} was not paid in the time that it takes there, may still be paid, and is ` +
        `not asked about any more. Cancel it in the gateway's dashboard, or look there now and then`,
    })
  } else {
    log.info(`${gateway.title}: ${nameOf(order)} was not paid and can't be paid any more`)
  }
}

function nameOf({ reference, amount, currency_code }: GatewayOrder): string {
  return `payment ${reference} (${amount} ${currency_code.toUpperCase()})`
}

/** Tells the admins, once a day while it lasts, that a gateway does not take the shop's credentials. */
async function notifyOfRefusedAccess(
  container: MedusaContainer,
  { gateway }: Pick<GatewayContext, "gateway">,
  { providerId, failure, now }: { providerId: string; failure: string; now: Date }
): Promise<void> {
  await notifyAdmins(container, {
    key: `refused-access:${providerId}:${now.toISOString().slice(0, 10)}`,
    title: "A gateway does not accept the shop's credentials",
    description:
      `${gateway.title} can't be asked about payments (${failure}). Compare the options of ${providerId} in ` +
      `medusa-config with the credentials in the gateway's dashboard: until then nothing that was paid is found out`,
  })
}

/**
 * What was paid and could not be made an order for a day, as long as a message is tried, is a person's to
 * settle. It is tried on all the same, and closed by itself where it succeeds.
 */
async function noteOrderNotMade(
  container: MedusaContainer,
  context: GatewayContext,
  reference: string
): Promise<void> {
  const [first] = await context.journal.moneyOfOrder(reference)
  if (first && Date.now() - first.created_at.getTime() >= dayMs) {
    await matchOrListKnownPayment(container, context, reference, true)
  }
}
