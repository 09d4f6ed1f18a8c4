import { GatewayError } from "../../gateways/shared/errors"
import {
  type GatewayOperation,
  unsettledStates,
} from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "./context"
import { notAllowed, errorTextForOwner, withPrintableWords } from "./errors"
import type { ChargeCalls, ChargeReport, GatewayData } from "./gateway"
import { sendWhileHeld, whileHeld } from "./hold-operation"
import { knownOrder, orderDetails } from "./order-details"
import { type SyncedOrder, decisionOfJournal, orderStatus } from "./sync-order"

/** Whether a merchant-initiated charge has to pay the order, and was not sent yet. */
export function awaitsCharge({ gateway }: GatewayContext, order: GatewayOrder): boolean {
  return (
    gateway.charge !== undefined &&
    orderDetails(order).charge_with !== undefined &&
    decisionOfJournal(order) === undefined
  )
}

/**
 * Charges an order from the server, at most once whoever asks for it and however often: the charge is claimed
 * in the journal before it is sent. What it answers is not the proof; the gateway is asked for that, for as
 * long as it says it needs. An unknown outcome is pending, and is found out by asking later.
 *
 * @throws MedusaError not_allowed while another charge for the same cart may have been made; nothing is sent
 */
export async function chargeOrder(
  context: GatewayContext,
  order: GatewayOrder
): Promise<SyncedOrder> {
  const { gateway, journal } = context
  const { charge } = gateway
  const chargeWith = orderDetails(order).charge_with
  if (!charge || !chargeWith) {
    return await orderStatus(context, order)
  }
  const earlier = await earlierCharge(context, order)
  if (earlier) {
    throw notAllowed(
      `${gateway.title}: an earlier charge for this cart was made, or its outcome is not known yet (our ` +
        `reference ${earlier.reference}). Nothing was charged again. Try again in a minute, or settle it in the ` +
        `gateway's dashboard first`
    )
  }
  const start = await journal.beginOperation(
    {
      order_reference: order.reference,
      kind: "charge",
      amount: order.amount,
      currency_code: order.currency_code,
      medusa_id: order.session_id,
      lease_ms: context.leaseMs,
      limit: order.amount,
    },
    async () => []
  )
  if (start.type !== "begun") {
    // Sent before, by this or another request: whatever became of it, it is not sent again.
    return await orderStatus(context, order)
  }
  const charging = await forget(context, order)
  return await whileHeld(context, start.operation, async (held) => {
    // While this server stood still, the gateway may have been asked and said that nothing came: the shopper tries anew.
    const report = await sendWhileHeld(held, () => send(context, charge, charging, chargeWith))
    return await settle(context, charging, start.operation, report)
  })
}

/** The code or number to charge with is of no more use, and of none to anybody who reads the journal. */
async function forget({ journal }: GatewayContext, order: GatewayOrder): Promise<GatewayOrder> {
  const { charge_with: _, ...details } = orderDetails(order)
  return (await journal.changeOrder(order.reference, { state: order.state, details })) ?? order
}

async function send(
  { gateway, log }: GatewayContext,
  charge: ChargeCalls,
  order: GatewayOrder,
  chargeWith: GatewayData
): Promise<ChargeReport> {
  try {
    return withPrintableWords(await charge.send({ order: knownOrder(order), with: chargeWith }))
  } catch (error) {
    if (error instanceof GatewayError) {
      const outcome = error.outcome === "unknown" ? "unknown" : "declined"
      const { message } = errorTextForOwner(gateway, error, order.provider_id)
      if (error.setUpFault) {
        log.error(`${order.provider_id}: ${order.reference} was not charged: ${message}`)
      }
      return { outcome, code: error.code, message }
    }
    const name = error instanceof Error ? error.name : typeof error
    return { outcome: "unknown", message: `the call broke off: ${name}` }
  }
}

async function settle(
  context: GatewayContext,
  order: GatewayOrder,
  operation: GatewayOperation,
  report: ChargeReport
): Promise<SyncedOrder> {
  const { gateway, journal, log } = context
  // "Done" is the gateway's word alone until it is asked.
  const state = report.outcome === "done" ? "unknown" : report.outcome
  await journal.settleOperation(operation.reference, {
    state,
    gateway_id: report.gatewayId,
    gateway_code: report.code,
    gateway_message: report.message,
  })
  const gatewayError = [report.code, report.message].filter((part) => part).join(": ")
  switch (report.outcome) {
    case "declined": {
      log.info(`${gateway.title}: the charge of ${order.reference} was declined (${gatewayError})`)
      const failed = await journal.changeOrder(order.reference, { state: "failed" })
      const after = failed ?? order
      // The gateway can have proven it paid in the meantime; money decides, whatever this answer says.
      return { order: after, decision: decisionOfJournal(after) ?? { type: "failed" } }
    }
    case "unknown":
      log.warn(
        `${gateway.title}: the outcome of the charge of ${order.reference} is not known (${gatewayError})`
      )
      break
    case "done":
      break
  }
  const gatewayId = report.gatewayId ?? order.gateway_id
  const noted = await journal.changeOrder(order.reference, {
    state: order.state,
    gateway_id: gatewayId,
    ...(report.nextAction
      ? { details: { ...orderDetails(order), next_action: report.nextAction } }
      : {}),
  })
  if (report.nextAction) {
    return await orderStatus(context, noted ?? order)
  }
  return await askUntilKnown(context, gateway.charge ?? {}, noted ?? order)
}

async function askUntilKnown(
  context: GatewayContext,
  { pollEveryMs, patienceMs = 0 }: Pick<ChargeCalls, "pollEveryMs" | "patienceMs">,
  order: GatewayOrder
): Promise<SyncedOrder> {
  let asked = await orderStatus(context, order)
  const questions = pollEveryMs ? Math.floor(patienceMs / pollEveryMs) : 0
  for (let count = 0; count < questions && asked.decision.type === "pending"; count += 1) {
    await context.sleep(pollEveryMs ?? 0)
    asked = await orderStatus(context, asked.order)
  }
  return asked
}

/** Whether a merchant-initiated charge of an order was sent and not declined: it holds money, or may. */
export async function mayHoldCharge(
  { gateway, journal }: GatewayContext,
  { reference }: GatewayOrder
): Promise<boolean> {
  const charges = gateway.charge ? await journal.operationsOfOrder(reference, "charge") : []
  return charges.some(({ state }) => state !== "declined")
}

/** Whether it was sent and nobody knows yet what became of it. */
export async function hasUnsettledCharge(
  { gateway, journal }: GatewayContext,
  { reference }: GatewayOrder
): Promise<boolean> {
  const charges = gateway.charge ? await journal.operationsOfOrder(reference, "charge") : []
  return charges.some(({ state }) => unsettledStates.includes(state))
}

/**
 * An order of the same cart that was charged, or may have been, after the gateway was asked about it. Medusa
 * deletes a session when the shopper chooses again, and a charge whose answer never came would be followed by
 * a second one under the new session, without the shopper doing anything at the gateway.
 */
async function earlierCharge(
  context: GatewayContext,
  order: GatewayOrder
): Promise<GatewayOrder | undefined> {
  if (order.cart_id === null) {
    return undefined
  }
  const orders = await context.journal.bindingOrdersOfCart(order.cart_id)
  const others = orders.filter(
    ({ reference, provider_id }) =>
      reference !== order.reference && provider_id === order.provider_id
  )
  for (const other of others) {
    if (await hasUnsettledCharge(context, other)) {
      await orderStatus(context, other) // settles the charge where the gateway knows
    }
    if (await mayHoldCharge(context, other)) {
      return other
    }
  }
  return undefined
}
