import type { BigNumberInput } from "@medusajs/framework/types"
import { GatewayError } from "../../gateways/shared/errors"
import { compare, decimal, type DecimalString, equal } from "../../gateways/shared/money"
import type { ExistingRows } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { possibleSums, sumOfDone, wantedAmount } from "./amounts"
import type { GatewayContext } from "./context"
import { notAllowed, outcomeUnknown, gatewayErrorOf } from "./errors"
import type { PaymentGateway } from "./gateway"
import { runOperation } from "./run-operation"
import { captureRule, journalLimit, type Rule } from "./possible-operations"
import { type SyncedOrder, syncOrder } from "./sync-order"

type CaptureInput = {
  order: GatewayOrder
  /** What Medusa's capture row says, which does not come with the call; undefined where there is no row. */
  amount: BigNumberInput | undefined
  captureId: string | null
  existing: ExistingRows
}

/**
 * Takes money that was reserved: all of it, or the true part where the gateway can. Where a gateway takes
 * the money in one step there is nothing to do but to be sure that it was taken.
 *
 * @throws MedusaError that says what can be captured
 */
export async function captureOrder(
  context: GatewayContext,
  { order, amount, captureId, existing }: CaptureInput
): Promise<GatewayOrder> {
  const { gateway, journal } = context
  if (gateway.capabilities.capture === "automatic") {
    return await requirePaid(context, order)
  }
  const operations = await journal.operationsOfOrder(order.reference)
  const rule = captureRule({ gateway, order, operations })
  if (rule.extent === "none" && rule.reason === "not_reserved") {
    throw notAllowed(
      `Payment ${order.reference} is ${order.state} at ${gateway.title}: there is nothing to capture`
    )
  }
  if (amount === undefined) {
    throw notAllowed(
      `Medusa has no capture row that says how much of ${order.reference} is to be taken: nothing was taken`
    )
  }
  const done = possibleSums(operations, "capture")
  const wanted = wantedAmount(gateway, order, amount, { whole: order.amount, done })
  refuseParts(gateway, order, wanted, rule)
  if (rule.extent === "none" && rule.reason === "captured_at_gateway") {
    return order // there is nothing left to send
  }
  const captured = sumOfDone(operations, "capture")
  const isOnce = gateway.capabilities.capture === "single_partial"
  await runOperation(context, {
    kind: "capture",
    order,
    amount: wanted,
    medusaId: captureId,
    existing,
    limit: journalLimit(rule, { isOnce, all: order.amount, done: captured, wanted }),
    ...(isOnce && compare(decimal(wanted), decimal(order.amount)) <= 0
      ? { whyNoMore: onlyOnce(gateway, order, captured) }
      : {}),
  })
  return (await journal.changeOrder(order.reference, { state: "paid" })) ?? order
}

function onlyOnce(gateway: PaymentGateway, order: GatewayOrder, captured: DecimalString): string {
  return (
    `${gateway.title} captures a payment only once, and ${captured} ${order.currency_code.toUpperCase()} ` +
    `of ${order.reference} were captured already. The rest is not reserved any more`
  )
}

async function requirePaid(context: GatewayContext, order: GatewayOrder): Promise<GatewayOrder> {
  if (order.state === "paid") {
    return order
  }
  const { order: asked, decision } = await ask(context, order)
  if (decision.type !== "paid") {
    throw notAllowed(
      `Payment ${order.reference} is ${decision.type} at ${context.gateway.title}: nothing can be captured`
    )
  }
  return asked
}

async function ask(context: GatewayContext, order: GatewayOrder): Promise<SyncedOrder> {
  try {
    return await syncOrder(context, order)
  } catch (error) {
    if (error instanceof GatewayError) {
      const advice = "Nothing was captured. Try again in a minute"
      throw outcomeUnknown(context.gateway.title, gatewayErrorOf(error), order.reference, advice)
    }
    throw error
  }
}

/** What the gateway's own people captured is all that was ordered, too. */
function refuseParts(
  gateway: PaymentGateway,
  order: GatewayOrder,
  wanted: string,
  rule: Rule
): void {
  const isElsewhere = rule.extent === "none" && rule.reason === "captured_at_gateway"
  if (
    (gateway.capabilities.capture !== "full" && !isElsewhere) ||
    equal(decimal(wanted), decimal(order.amount))
  ) {
    return
  }
  const currency = order.currency_code.toUpperCase()
  throw notAllowed(
    isElsewhere
      ? `${order.amount} ${currency} were captured at ${gateway.title} itself: capture ${order.amount} ${currency} ` +
          `here, which sends nothing. ${wanted} ${currency} can't be captured. Our reference: ${order.reference}`
      : `${gateway.title} can only capture a payment as a whole: ${order.amount} ${currency} can be ` +
          `captured, ${wanted} ${currency} can't. Our reference: ${order.reference}`
  )
}
