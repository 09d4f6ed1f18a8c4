import type { MedusaContainer } from "@medusajs/framework/types"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "../../providers/base/gateway-context"
import type { GatewayCapabilities } from "../../providers/base/payment-gateway"
import { isBooked, sessionRow } from "../payment/booking"
import { settleOrderWorkflow, type SettledOrder } from "../payment/settle-order"
import {
  canTellMore,
  judgeFailedCheck,
  judgeOrderCheck,
  type CheckOutcome,
  type OrderCheck,
} from "./judge-check"
import { releaseReservation } from "./release-reservation"

/** Makes the journal itself answer for what it holds as paid: the gateway has nothing to add. */
const noNews = { is_proven: false, is_later: false, gateway_id: null }

/** Asks about an order that was taken over, brings it to its end where there is one, and says when to ask again. */
export async function reconcileOrder(
  container: MedusaContainer,
  { gateway, journal, log }: GatewayContext,
  order: GatewayOrder
): Promise<CheckOutcome> {
  const { capabilities } = gateway
  const { reference } = order
  const checked = await check(container, order, capabilities)
  const now = new Date()
  const judgement =
    "failure" in checked
      ? judgeFailedCheck(order, capabilities, now)
      : judgeOrderCheck(checked, capabilities, now)
  await journal.scheduleOrderCheck(reference, judgement.next)
  if (judgement.count === "given_up") {
    log.warn(
      `${gateway.title}: payment ${reference} (${order.amount} ${order.currency_code.toUpperCase()}) could not be ` +
        `settled in the time that it takes there, and is left alone. Look it up in the gateway's dashboard`
    )
  }
  if (!("failure" in checked)) {
    return judgement
  }
  log.warn(`${gateway.title}: ${reference} could not be settled: ${checked.failure}`)
  return { ...judgement, error: `${reference}: ${checked.failure}` }
}

async function check(
  container: MedusaContainer,
  order: GatewayOrder,
  capabilities: GatewayCapabilities
): Promise<OrderCheck | { failure: string }> {
  const { provider_id, reference } = order
  const { result, errors } = await settleOrderWorkflow(container).run({
    input: {
      provider_id,
      reference,
      ...(canTellMore(order, capabilities) ? {} : { news: noNews }),
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
