/** Refunds of a paid order, as Medusa asks for them; see refund-elsewhere.ts and refund-exception.ts for the others. */
import type { BigNumberInput } from "@medusajs/framework/types"
import {
  add,
  compare,
  decimal,
  type DecimalString,
  equal,
  isZero,
} from "../../gateways/shared/money"
import {
  type ExistingRows,
  type GatewayOperation,
  unsettledStates,
} from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { possibleSums, sumOfDone, takenAmount, wantedAmount } from "./amounts"
import type { GatewayContext } from "./context"
import { notAllowed } from "./errors"
import type { PaymentGateway } from "./gateway"
import { markIfRefunded, type RefundedOrder, runOperation } from "./operation"
import { takeUpElsewhere } from "./refund-elsewhere"

/**
 * Gives money back within what the gateway can do, exactly once for every refund that Medusa keeps. The request is
 * sent by `runOperation` in operation.ts; a refund that was made elsewhere is taken up without a request.
 *
 * @throws MedusaError that says how much can be refunded, or what else the shop can do
 */
export async function refundOrder(
  context: GatewayContext,
  { order, amount, refundId, existing }: RefundInput
): Promise<RefundedOrder> {
  const { gateway, journal } = context
  if (await takeUpElsewhere(context, { order, amount, refundId, existing })) {
    return await markIfRefunded(context, order)
  }
  if (gateway.capabilities.refund === "none") {
    throw notAllowed(
      `${gateway.title} has no refunds. ${gateway.refundAdvice ?? "Pay the shopper back another way"}. ` +
        `Record it as refunded elsewhere, then refund it here: nothing is sent then`
    )
  }
  if (order.state !== "paid" && order.state !== "refunded") {
    throw notAllowed(
      `Payment ${order.reference} is ${order.state} at ${gateway.title}: there is nothing to refund`
    )
  }
  const operations = await journal.operationsOfOrder(order.reference)
  const taken = takenAmount(gateway, order, operations)
  const refunded = sumOfDone(operations, "refund")
  if (order.state === "refunded" && isZero(refunded)) {
    throw notAllowed(
      `Payment ${order.reference} was refunded at ${gateway.title} itself, not from here: there is ` +
        `nothing left to refund`
    )
  }
  const wanted = wantedAmount(gateway, order, amount, {
    whole: taken,
    done: possibleSums(operations, "refund"),
  })
  refuseParts(gateway, order, { wanted, taken, refunded })
  await runOperation(context, {
    kind: "refund",
    order,
    amount: wanted,
    medusaId: refundId,
    existing,
    ...refundLimit(gateway, order, { taken, operations, wanted }),
  })
  return await markIfRefunded(context, order)
}

export type RefundInput = {
  order: GatewayOrder
  amount: BigNumberInput
  /** Medusa's refund id: new on every try. */
  refundId: string | null
  existing: ExistingRows
}

function refuseParts(
  gateway: PaymentGateway,
  order: GatewayOrder,
  { wanted, taken, refunded }: { wanted: string; taken: string; refunded: DecimalString }
): void {
  if (gateway.capabilities.refund !== "full" || equal(decimal(wanted), decimal(taken))) {
    return
  }
  const currency = order.currency_code.toUpperCase()
  if (!isZero(refunded)) {
    throw notAllowed(
      compare(refunded, decimal(taken)) < 0
        ? `${refunded} ${currency} of ${order.reference} were given back another way, and ${gateway.title} ` +
            `can only refund a payment as a whole. Give the rest back another way too, and record it`
        : `${refunded} ${currency} of ${order.reference} were refunded before, which is all that was paid`
    )
  }
  throw notAllowed(
    `${gateway.title} can only refund a payment as a whole: ${taken} ${currency} can be refunded, ` +
      `${wanted} ${currency} can't. Our reference: ${order.reference}. Refund ${taken} ${currency}, ` +
      `or pay a part back another way`
  )
}

/**
 * A gateway that refunds once has nothing left after the first refund, whatever its amount was. The first
 * one's own amount is its limit, so that of two at once the journal lets one begin.
 */
function refundLimit(
  gateway: PaymentGateway,
  order: GatewayOrder,
  { taken, operations, wanted }: RefundSums
): { limit: string; whyNoMore?: string } {
  const refunded = sumOfDone(operations, "refund")
  const byGateway = sumOfDone(
    operations.filter(({ made_elsewhere }) => !made_elsewhere),
    "refund"
  )
  const withThis = add(refunded, decimal(wanted))
  const isTooMuch = compare(isZero(byGateway) ? withThis : decimal(wanted), decimal(taken)) > 0
  if (gateway.capabilities.refund !== "single_partial" || isTooMuch) {
    return { limit: taken }
  }
  return {
    limit: isZero(byGateway) ? withThis : refunded,
    whyNoMore:
      `${gateway.title} refunds a payment only once, and ${order.reference} was refunded already. ` +
      `Pay the rest back another way, and record it as refunded elsewhere`,
  }
}

type RefundSums = {
  taken: string
  operations: readonly GatewayOperation[]
  wanted: string
}

const refundFirst =
  "Refund the payment first, or record how its money was given back (refunded elsewhere)"

/**
 * Why a refund in Medusa would not succeed now, as far as it can be known without asking the gateway;
 * undefined where it should. Where the gateway refused the last refund, this one counts as refused too: the
 * shop makes it by itself first, where the refusal is shown.
 */
export async function refundBlocker(
  { gateway, journal }: GatewayContext,
  { order, amount, existing }: Omit<RefundInput, "refundId">
): Promise<string | undefined> {
  const operations = await journal.operationsOfOrder(order.reference)
  const refunds = operations.filter(({ kind }) => kind === "refund")
  const taken = takenAmount(gateway, order, operations)
  const done = possibleSums(operations, "refund")
  const wanted = wantedAmount(gateway, order, amount, { whole: taken, done })
  const recorded = refunds.filter(({ amount: of }) => equal(decimal(of), decimal(wanted)))
  if (await isToBeTakenUp(recorded, existing)) {
    return undefined
  }
  const refunded = sumOfDone(operations, "refund")
  const unsettled = operations.find(({ state }) => unsettledStates.includes(state))
  const last = refunds.at(-1)
  const { refund: can } = gateway.capabilities
  if (can === "none") {
    return `${gateway.title} has no refunds. ${refundFirst}`
  }
  if (order.state !== "paid") {
    return `The payment is ${order.state} at ${gateway.title}. ${refundFirst}`
  }
  if (unsettled) {
    return (
      `The outcome of an earlier ${unsettled.kind} of ${unsettled.amount} (our reference ` +
      `${unsettled.reference}) is not known${saidInBrackets(unsettled)}. ${refundFirst}`
    )
  }
  if (last?.state === "declined") {
    return `${gateway.title} refused the last refund${saidInBrackets(last)}. ${refundFirst}`
  }
  if (can === "full" && !equal(decimal(wanted), decimal(taken))) {
    return `${gateway.title} can only refund a payment as a whole, which is ${taken}. ${refundFirst}`
  }
  if (
    can === "single_partial" &&
    refunds.some(({ state, made_elsewhere }) => state === "done" && !made_elsewhere)
  ) {
    return `${gateway.title} refunds a payment only once, and did. ${refundFirst}`
  }
  return isZero(refunded) || compare(refunded, decimal(taken)) < 0
    ? undefined
    : `All of the payment was refunded at ${gateway.title} before. ${refundFirst}`
}

/** Recorded as made elsewhere, and no refund that Medusa still has has taken it up. */
async function isToBeTakenUp(
  refunds: readonly GatewayOperation[],
  existing: ExistingRows
): Promise<boolean> {
  const recorded = refunds.filter(({ state, made_elsewhere }) => state === "done" && made_elsewhere)
  const rows = recorded.flatMap(({ medusa_id }) => medusa_id ?? [])
  const alive = rows.length > 0 ? await existing(rows) : []
  return recorded.some(({ medusa_id }) => medusa_id === null || !alive.includes(medusa_id))
}

function saidInBrackets({ gateway_code, gateway_message }: GatewayOperation): string {
  const gatewayError = [gateway_code, gateway_message].filter((part) => part)
  return gatewayError.length > 0 ? ` (${gatewayError.join(": ")})` : ""
}
