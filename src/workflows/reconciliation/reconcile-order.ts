import type { MedusaContainer } from "@medusajs/framework/types"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "../../providers/base/context"
import { isBooked, sessionRow } from "../payment/booking"
import { settleOrderWorkflow, type SettledOrder } from "../payment/settle-order"
import {
  canTellMore,
  judgeFailedCheck,
  judgeOrderCheck,
  type CheckOutcome,
  type Judgement,
  type OrderCheck,
} from "./judge-check"
import { canBePaid, settledBy } from "./next-check"
import { noteOrderNotMade } from "./note-order-not-made"
import { releaseReservation } from "./release-reservation"
import { reminderOf } from "./reservation-reminder"
import { tellOfGivingUp } from "./tell-of-giving-up"
import { isRefusedAccess, tellOfRefusedAccess } from "./tell-of-refused-access"
import { tellOfReservation } from "./tell-of-reservation"

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
  const checked = await check(container, order)
  const now = new Date()
  const judgement =
    "failure" in checked
      ? judgeFailedCheck(order, capabilities, now)
      : judgeOrderCheck(checked, capabilities, now)
  const reminder = reminderOf(order, capabilities)
  const isReserved = !("failure" in checked) && checked.state === "authorized"
  if (isReserved && reminder && reminder <= now) {
    await tellOfReservation(container, context, order)
  }
  await journal.scheduleOrderCheck(reference, judgement.next)
  if (!("failure" in checked)) {
    await leave(container, context, order, { judgement, now })
    return judgement
  }
  if (judgement.next === null || now >= settledBy(order, capabilities.settlesWithinDays)) {
    await tellOfGivingUp(container, context, {
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
    await tellOfRefusedAccess(container, context, { providerId, failure, now })
  }
  await noteOrderNotMade(container, context, reference)
  return { ...judgement, error: `${reference}: ${checked.failure}` }
}

/**
 * Nothing that can still be paid is left alone unsaid. A cart that nobody can pay any more is nobody's concern: there
 * are many of them.
 */
async function leave(
  container: MedusaContainer,
  context: GatewayContext,
  order: GatewayOrder,
  { judgement, now }: { judgement: Judgement; now: Date }
): Promise<void> {
  if (judgement.count !== "given_up") {
    return
  }
  const { gateway, log } = context
  if (canBePaid(order, gateway.capabilities, now)) {
    await tellOfGivingUp(container, context, {
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

/** `isOfAccess`: the gateway does not take the shop's credentials, whatever the payment. */
type FailedCheck = { failure: string; isOfAccess: boolean }

async function check(
  container: MedusaContainer,
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
    return (await releaseReservation(container, order, result.state))
      ? { order, state: "canceled", booking: "none" }
      : await checkOf(container, order, result)
  } catch (error) {
    return {
      failure: error instanceof Error ? error.message : "unknown error",
      isOfAccess: isRefusedAccess(error),
    }
  }
}

async function checkOf(
  container: MedusaContainer,
  order: GatewayOrder,
  { state, todo, session_id }: SettledOrder
): Promise<OrderCheck> {
  if (todo) {
    return { order, state, booking: "made_now" }
  }
  const session = session_id ? await sessionRow(container, session_id) : undefined
  return { order, state, booking: (await isBooked(container, session)) ? "made_before" : "none" }
}
