import type { BigNumberInput } from "@medusajs/framework/types"
import {
  add,
  compare,
  decimal,
  type DecimalString,
  equal,
  fixedAt,
  isPositive,
  isZero,
  subtract,
} from "../../gateways/shared/money"
import {
  type ExistingRows,
  type GatewayOperation,
  unsettledStates,
} from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { PaymentException } from "../../modules/payment-journal/repositories/exceptions"
import { possibleSums, sumOfDone, takenAmount, wantedAmount } from "./amounts"
import type { GatewayContext } from "./context"
import { notAllowed } from "./errors"
import type { PaymentGateway } from "./gateway"
import { cannotBegin, runOperation } from "./operation"
import { orderDecimals } from "./order-details"

type RefundedOrder = { order: GatewayOrder; isWhole: boolean }

/**
 * Gives money back within what the gateway can do, exactly once for every refund that Medusa keeps.
 *
 * @throws MedusaError that says how much can be refunded, or what else the shop can do
 */
export async function refundOrder(
  context: GatewayContext,
  { order, amount, refundId, existing }: RefundInput
): Promise<RefundedOrder> {
  const { gateway, journal } = context
  if (await takeUpElsewhere(context, { order, amount, refundId, existing })) {
    return await noteWhole(context, order)
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
  return await noteWhole(context, order)
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

type RefundInput = {
  order: GatewayOrder
  amount: BigNumberInput
  /** Medusa's refund id: new on every try. */
  refundId: string | null
  existing: ExistingRows
}

/** Longer than two statements take, in milliseconds: nothing is sent in between. */
const leaseMs = 10_000

/** Nothing of Medusa's is asked about: a person's word takes the place of no refund that Medusa has. */
const allExist = async (ids: string[]) => ids

type RefundElsewhere = {
  order: GatewayOrder
  amount: BigNumberInput
  /** Keeps who said it and why, before it counts. */
  keep: (operation: GatewayOperation) => Promise<unknown>
}

/**
 * Records that money was given back another way than through the gateway. It counts as a refund from then on:
 * the gateway is not asked to give the same money back, and the refund of this amount in Medusa succeeds
 * without a call. A refund of this amount whose outcome is not known is settled by it.
 *
 * @throws MedusaError not_allowed when it is more than is left, or another refund is not settled; invalid_data
 * for what is no amount
 */
export async function recordRefundElsewhere(
  context: GatewayContext,
  { order, amount, keep }: RefundElsewhere
): Promise<GatewayOperation> {
  const { gateway, journal } = context
  if (order.state !== "paid" && order.state !== "refunded") {
    throw notAllowed(
      `Payment ${order.reference} is ${order.state} at ${gateway.title}: there is nothing to give back`
    )
  }
  const operations = await journal.operationsOfOrder(order.reference)
  const limit = takenAmount(gateway, order, operations)
  const done = possibleSums(operations, "refund")
  const wanted = wantedAmount(gateway, order, amount, { whole: limit, done })
  const start = await journal.beginOperation(
    {
      order_reference: order.reference,
      kind: "refund",
      amount: wanted,
      currency_code: order.currency_code,
      medusa_id: null,
      lease_ms: leaseMs,
      limit,
    },
    allExist
  )
  switch (start.type) {
    case "begun":
    case "resume":
    case "adopted": {
      await keep(start.operation)
      const { reference } = start.operation
      const settled = await journal.settleOperation(reference, {
        state: "done",
        made_elsewhere: true,
      })
      await noteWhole(context, order)
      return settled ?? start.operation
    }
    case "under_way":
    case "blocked":
    case "over_limit":
      throw cannotBegin(
        gateway.title,
        { kind: "refund", order, amount: wanted, limit, medusaId: null, existing: allExist },
        start
      )
  }
}

/**
 * Whether the refund that Medusa is about to book was recorded as made another way; then it is taken up, and
 * no other refund can take it up again.
 */
async function takeUpElsewhere(
  { gateway, journal }: GatewayContext,
  { order, amount, refundId, existing }: RefundInput
): Promise<boolean> {
  const operations = await journal.operationsOfOrder(order.reference)
  const recorded = operations.filter(
    ({ kind, state, made_elsewhere }) => kind === "refund" && state === "done" && made_elsewhere
  )
  if (recorded.length === 0) {
    return false
  }
  const wanted = wantedAmount(gateway, order, amount, {
    whole: takenAmount(gateway, order, operations),
    done: possibleSums(operations, "refund"),
  })
  if (!recorded.some((operation) => equal(decimal(operation.amount), decimal(wanted)))) {
    return false
  }
  const start = await journal.beginOperation(
    {
      order_reference: order.reference,
      kind: "refund",
      amount: wanted,
      currency_code: order.currency_code,
      medusa_id: refundId,
      lease_ms: 0,
      // What was made already, so that nothing new can begin here.
      limit: sumOfDone(operations, "refund"),
    },
    existing
  )
  return start.type === "adopted" && start.operation.made_elsewhere
}

/** All that was taken was given back, whoever did it: the order holds no money any more. */
async function noteWhole(
  { gateway, journal }: GatewayContext,
  order: GatewayOrder
): Promise<{ order: GatewayOrder; isWhole: boolean }> {
  const operations = await journal.operationsOfOrder(order.reference)
  const taken = takenAmount(gateway, order, operations)
  if (compare(sumOfDone(operations, "refund"), decimal(taken)) < 0) {
    return { order, isWhole: false }
  }
  const changed = await journal.changeOrder(order.reference, { state: "refunded" })
  return { order: changed ?? order, isWhole: true }
}

const refundFirst =
  "Refund the payment first, or record how its money was given back (refunded elsewhere)"

/**
 * Why a refund in Medusa would not succeed now, as far as it can be known without asking the gateway;
 * undefined where it should. A refund that the gateway refused last is taken for refused: it is to be made
 * for itself, where its refusal can be seen.
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

const exceptionReason = "Refunded by the shop: no order stands for the payment"

/**
 * Gives back, through the gateway and exactly once, money that no order of the shop's stands for. Safe to
 * repeat: what was made before is not made again.
 *
 * @throws MedusaError not_allowed that says why the gateway can't do it, and what else the shop can do
 */
export async function refundException(
  context: GatewayContext,
  order: GatewayOrder,
  found: PaymentException
): Promise<void> {
  const { journal } = context
  const received = decimal(found.received_amount)
  const operations = await journal.operationsOfOrder(order.reference, "refund")
  const left = subtract(decimal(found.amount), givenBackFor(found, operations))
  if (isPositive(left)) {
    const whyNot = whyNoRefund(context, order, found)
    if (whyNot) {
      throw notAllowed(whyNot)
    }
    const decimals = orderDecimals(context.gateway, order)
    await runOperation(context, {
      kind: "refund",
      order,
      amount: fixedAt(left, decimals),
      limit: fixedAt(received, decimals),
      medusaId: null,
      exception: { id: found.id, amount: found.amount },
      existing: async (ids) => ids,
      reason: exceptionReason,
    })
  }
  const made = await journal.operationsOfOrder(order.reference)
  if (compare(sumOfDone(made, "refund"), received) >= 0) {
    await journal.changeOrder(order.reference, { state: "refunded" })
  }
}

/** For this entry: an earlier one of the same payment was given back by itself. */
function givenBackFor(
  { id }: Pick<PaymentException, "id">,
  operations: readonly GatewayOperation[]
): DecimalString {
  const own = operations.filter(({ exception_id }) => exception_id === id)
  return sumOfDone(own, "refund")
}

/** Undefined where the gateway can give it back, as far as is known without asking it. */
export function whyNoRefund(
  { gateway }: Pick<GatewayContext, "gateway">,
  order: GatewayOrder,
  found: PaymentException
): string | undefined {
  const { refund } = gateway.capabilities
  const close = "and close this with a note"
  if (refund === "none") {
    const advice = gateway.refundAdvice ?? "Pay the shopper back another way"
    return `${gateway.title} has no refunds. ${advice}; then close this with a note`
  }
  if (found.currency_code !== order.currency_code) {
    return (
      `${order.reference} was opened in ${order.currency_code.toUpperCase()}, and ` +
      `${found.currency_code.toUpperCase()} came: refund it in ${gateway.title}'s dashboard ${close}`
    )
  }
  if (refund === "full" && !equal(decimal(found.amount), decimal(found.received_amount))) {
    return `${gateway.title} can only refund a payment as a whole: give ${found.amount} back another way ${close}`
  }
  return undefined
}
