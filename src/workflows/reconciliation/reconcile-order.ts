import type { MedusaContainer } from "@medusajs/framework/types"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "../../providers/base/gateway-context"
import { isBooked, sessionRow } from "../payment/booking"
import { settleOrderWorkflow, type SettledOrder } from "../payment/settle-order"
import {
  canTellMore,
  judgeFailedCheck,
  judgeOrderCheck,
  type CheckOutcome,
  type OrderCheck,
} from "./judge-check"
import { noteOrderNotMade } from "./note-order-not-made"
import { releaseReservation } from "./release-reservation"
import { reminderOf } from "./reservation-reminder"
import { tellOfGivingUp } from "./tell-of-giving-up"
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
  if (judgement.count === "given_up") {
    const sentence =
      `${gateway.title}: payment ${reference} (${order.amount} ${order.currency_code.toUpperCase()}) could not be ` +
      `settled in the time that it takes there, and is left alone. Look it up in the gateway's dashboard`
    if ("failure" in checked) {
      await tellOfGivingUp(container, context, { reference, sentence })
    } else {
      log.warn(sentence) // a cart that was left: many of them, and nobody's concern
    }
  }
  if (!("failure" in checked)) {
    return judgement
  }
  log.warn(`${gateway.title}: ${reference} could not be settled: ${checked.failure}`)
  await noteOrderNotMade(container, context, reference)
  return { ...judgement, error: `${reference}: ${checked.failure}` }
}

async function check(
  container: MedusaContainer,
  order: GatewayOrder
): Promise<OrderCheck | { failure: string }> {
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
    return { failure: failed.error?.message ?? "unknown error" }
  }
  try {
    return (await releaseReservation(container, order, result.state))
      ? { order, state: "canceled", booking: "none" }
      : await checkOf(container, order, result)
  } catch (error) {
    return { failure: error instanceof Error ? error.message : "unknown error" }
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
