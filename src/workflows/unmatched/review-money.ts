import type { MedusaContainer } from "@medusajs/framework/types"
import { systemActor } from "../../modules/payment-journal/audit-line"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { ReceivedMoney } from "../../modules/payment-journal/received-money"
import type {
  UnmatchedKind,
  UnmatchedPayment,
} from "../../modules/payment-journal/unmatched-payment"
import type { AskedOrder } from "../../providers/base/sync-order"
import { journalsVerdict } from "../../providers/base/sync-order"
import type { GatewayContext } from "../../providers/base/context"
import { sumOfDone } from "../../providers/base/amounts"
import { customerOf } from "./customer-of"
import { judgeMoney, type MoneyJudgement } from "./judge-money"
import { medusaStanding, type StandingOfOrder } from "./medusa-standing"
import { ownPaymentById } from "./payment-of-ours"
import { refundByItself } from "./refund-by-itself"
import { reviewRefundDue } from "./review-refund-due"
import { tellOfUnmatched } from "./tell-of-unmatched"
import { unmatchedOf } from "./unmatched-of"

/**
 * Looks whether an order of the shop's stands for the money that came, writes down and tells what is not
 * matched, and closes what was noted before and is matched by now.
 *
 * @param isGivenUp Medusa was asked to make the order as often as it is asked, or it is of no use to ask again
 * @param reason why the order could not be made, for the person who reads of it; nothing personal. Kept as a line of
 *   the entry's audit, once for each reason, whoever listed the entry. To be given under the lease of the payment alone
 * @returns the ids of what was found now for the first time
 */
export async function reviewMoney(
  container: MedusaContainer,
  context: GatewayContext,
  { order, verdict }: AskedOrder,
  isGivenUp = false,
  reason?: string
): Promise<string[]> {
  const received = await context.journal.moneyOfOrder(order.reference)
  const isOver = verdict.type === "refunded" || verdict.type === "chargeback"
  if (received.length === 0 && !isOver) {
    return [] // as with most orders that are asked about: nothing more is looked up for them
  }
  const standing = await medusaStanding(container, context, order)
  const operations = await context.journal.operationsOfOrder(order.reference, "refund")
  const judgement = judgeMoney({
    order,
    verdict,
    received,
    refunded: sumOfDone(operations, "refund"),
    standing: standing.standing,
    total: standing.total,
    isGivenUp,
    now: new Date(),
  })
  return await noteJudgement(container, context, { order, received, standing, judgement, reason })
}

/** The same by what the journal holds alone, after something was done about the order. */
export async function reviewKnownMoney(
  container: MedusaContainer,
  context: GatewayContext,
  reference: string,
  isGivenUp = false,
  reason?: string
): Promise<string[]> {
  const order = await context.journal.findOrder(reference)
  const verdict = order && journalsVerdict(order)
  return verdict ? await reviewMoney(container, context, { order, verdict }, isGivenUp, reason) : []
}

type Review = {
  order: GatewayOrder
  received: readonly ReceivedMoney[]
  standing: StandingOfOrder
  judgement: MoneyJudgement
  reason: string | undefined
}

async function noteJudgement(
  container: MedusaContainer,
  context: GatewayContext,
  { order, received, standing, judgement, reason }: Review
): Promise<string[]> {
  switch (judgement.type) {
    case "nothing":
      return []
    case "matched":
      await closeByItself(container, order, "An order of the shop stands for it by now")
      await reviewCanceledOrder(container, standing)
      return []
    case "given_back":
      await closeByItself(container, order, "The money was given back", "refunded")
      return []
    case "unmatched": {
      const { kind, amount, currency } = judgement
      const { payment, isNew } = await unmatchedOf(container).note({
        provider_id: order.provider_id,
        reference: order.reference,
        gateway_id: gatewayIdOf(order, received),
        kind,
        amount,
        currency_code: currency,
        received_amount: judgement.received,
        expected_amount: standing.total?.amount ?? order.amount,
        expected_currency_code: standing.total?.currency_code ?? order.currency_code,
        cart_id: order.cart_id,
        customer_id: await customerOf(container, order),
        session_id: order.session_id,
        order_id: standing.order_id,
        payment_id: standing.payment_id,
      })
      await closeByItself(container, order, `It is ${kind} by now`, "closed", payment.id)
      if (reason) {
        await noteReason(container, payment, reason)
      }
      if (isNew) {
        await tellOfUnmatched(container, context, payment, reason)
        await refundByItself(container, context, order, payment)
      }
      return isNew ? [payment.id] : []
    }
  }
}

/** What listed the entry first may not have known why: a message that was worked on, or a server that died. */
async function noteReason(
  container: MedusaContainer,
  { id, state }: UnmatchedPayment,
  reason: string
): Promise<void> {
  const unmatched = unmatchedOf(container)
  const line = { actor: systemActor, action: "order not made", note: reason }
  const isNoted = (await unmatched.linesOf(id)).some(
    ({ action, note }) => action === line.action && note === line.note
  )
  if (state === "open" && !isNoted) {
    await unmatched.addLine(id, line)
  }
}

/** An order can be canceled before its money comes: a pay code that was paid too late. */
async function reviewCanceledOrder(
  container: MedusaContainer,
  { payment_id }: StandingOfOrder
): Promise<void> {
  const own = payment_id ? await ownPaymentById(container, payment_id) : undefined
  if (own) {
    await reviewRefundDue(container, own)
  }
}

/** Kinds that are not settled by what came, and only by what is given back. */
const toBeGivenBack: readonly UnmatchedKind[] = ["refund_due", "refund_failed"]

/** A refund that is due is not settled by what came. */
async function closeByItself(
  container: MedusaContainer,
  { reference }: GatewayOrder,
  note: string,
  state: "closed" | "refunded" = "closed",
  except?: string
): Promise<void> {
  const unmatched = unmatchedOf(container)
  for (const { id, kind } of await unmatched.openOf(reference)) {
    if (id !== except && (!toBeGivenBack.includes(kind) || state === "refunded")) {
      await unmatched.settle(id, { state }, { actor: systemActor, action: state, note })
    }
  }
}

/** Where the gateway has no number for the payment, the journal holds our reference in its place. */
function gatewayIdOf(order: GatewayOrder, received: readonly ReceivedMoney[]): string | null {
  const [own] = received.filter(({ gateway_id }) => gateway_id !== order.reference)
  return own?.gateway_id ?? order.gateway_id
}
