/** Refunds of a paid order, as Medusa asks for them; see refund-elsewhere.ts and refund-exception.ts for the others. */
import type { BigNumberInput } from "@medusajs/framework/types"
import { compare, decimal, equal } from "../../gateways/shared/money"
import type {
  ExistingRows,
  GatewayOperation,
} from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { possibleSums, takenAmount, wantedAmount } from "./amounts"
import type { GatewayContext } from "./context"
import { notAllowed } from "./errors"
import type { PaymentGateway } from "./gateway"
import { markIfRefunded, type RefundedOrder, runOperation } from "./run-operation"
import {
  isWithin,
  journalLimit,
  type PaymentFacts,
  type Possible,
  possibleRefund,
  refundRule,
  refundSums,
  type Rule,
} from "./possible-operations"
import { takeUpElsewhere } from "./refund-elsewhere"

/**
 * Gives money back within what the gateway can do, exactly once for every refund that Medusa keeps. The request is
 * sent by `runOperation` in run-operation.ts; a refund that was made elsewhere is taken up without a request.
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
  const operations = await journal.operationsOfOrder(order.reference)
  const facts = { gateway, order, operations }
  const rule = refundRule(facts)
  refuseWithoutMoney(facts, rule)
  const { taken, refunded } = refundSums(facts)
  const wanted = wantedAmount(gateway, order, amount, {
    whole: taken,
    done: possibleSums(operations, "refund"),
  })
  refuseParts(facts, rule, wanted)
  const isOnce = gateway.capabilities.refund === "single_partial"
  await runOperation(context, {
    kind: "refund",
    order,
    amount: wanted,
    medusaId: refundId,
    existing,
    limit: journalLimit(rule, { isOnce, all: taken, done: refunded, wanted }),
    ...(isOnce && isRefundable(taken, wanted) ? { whyNoMore: onlyOnce(gateway, order) } : {}),
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

/** With the gateway's name and advice, for sentences. */
type Facts = PaymentFacts & { gateway: PaymentGateway }

/** Refuses what no amount would change. */
function refuseWithoutMoney({ gateway, order }: Facts, rule: Rule): void {
  switch (rule.extent === "none" ? rule.reason : undefined) {
    case "no_refunds":
      throw notAllowed(
        `${gateway.title} has no refunds. ${gateway.refundAdvice ?? "Pay the shopper back another way"}. ` +
          `Record it as refunded elsewhere, then refund it here: nothing is sent then`
      )
    case "not_paid":
      throw notAllowed(
        `Payment ${order.reference} is ${order.state} at ${gateway.title}: there is nothing to refund`
      )
    case "refunded_at_gateway":
      throw notAllowed(
        `Payment ${order.reference} was refunded at ${gateway.title} itself, not from here: there is ` +
          `nothing left to refund`
      )
  }
}

function refuseParts(facts: Facts, rule: Rule, wanted: string): void {
  const { gateway, order } = facts
  const { taken, refunded } = refundSums(facts)
  if (gateway.capabilities.refund !== "full" || equal(decimal(wanted), decimal(taken))) {
    return
  }
  const currency = order.currency_code.toUpperCase()
  switch (rule.extent === "none" ? rule.reason : undefined) {
    case "rest_elsewhere":
      throw notAllowed(
        `${refunded} ${currency} of ${order.reference} were given back another way, and ${gateway.title} ` +
          `can only refund a payment as a whole. Give the rest back another way too, and record it`
      )
    case "all_refunded":
      throw notAllowed(
        `${refunded} ${currency} of ${order.reference} were refunded before, which is all that was paid`
      )
  }
  throw notAllowed(
    `${gateway.title} can only refund a payment as a whole: ${taken} ${currency} can be refunded, ` +
      `${wanted} ${currency} can't. Our reference: ${order.reference}. Refund ${taken} ${currency}, ` +
      `or pay a part back another way`
  )
}

/** More than was ever taken is refused for that, and not for a refund that was made before. */
function isRefundable(taken: string, wanted: string): boolean {
  return compare(decimal(wanted), decimal(taken)) <= 0
}

function onlyOnce(gateway: PaymentGateway, order: GatewayOrder): string {
  return (
    `${gateway.title} refunds a payment only once, and ${order.reference} was refunded already. ` +
    `Pay the rest back another way, and record it as refunded elsewhere`
  )
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
  return whyBlocked({ gateway, order, operations }, wanted)
}

function whyBlocked(facts: Facts, wanted: string): string | undefined {
  const { gateway, order, operations } = facts
  const possible = possibleRefund(facts, new Date())
  const last = operations.filter(({ kind }) => kind === "refund").at(-1)
  if (order.state === "refunded" || possible.extent === "repeat" || possible.extent === "none") {
    return `${blockedBecause(facts, possible)}. ${refundFirst}`
  }
  if (last?.state === "declined") {
    return `${gateway.title} refused the last refund${saidInBrackets(last)}. ${refundFirst}`
  }
  return possible.extent === "part" || isWithin(possible, wanted)
    ? undefined
    : `${gateway.title} can only refund a payment as a whole, which is ${possible.amount}. ${refundFirst}`
}

function blockedBecause({ gateway, order }: Facts, possible: Possible): string {
  const operation = "operation" in possible ? possible.operation : undefined
  if (operation) {
    return (
      `The outcome of an earlier ${operation.kind} of ${operation.amount} (our reference ` +
      `${operation.reference}) is not known${saidInBrackets(operation)}`
    )
  }
  switch (possible.extent === "none" ? possible.reason : undefined) {
    case "no_refunds":
      return `${gateway.title} has no refunds`
    case "refunded_once":
      return `${gateway.title} refunds a payment only once, and did`
    case "rest_elsewhere":
      return `${gateway.title} can only refund a payment as a whole, and a part was given back another way`
    case "all_refunded":
      return `All of the payment was refunded at ${gateway.title} before`
    default:
      return `The payment is ${order.state} at ${gateway.title}`
  }
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
