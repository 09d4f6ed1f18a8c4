import type { MedusaContainer } from "@medusajs/framework/types"
import { notAllowed } from "../../providers/base/errors"
import { lastState, questionEveryMs } from "../../providers/base/payment-status"
import { gatewayContextOf, journalOf } from "../../providers/registry"
import { failureMessages, notFound } from "../../shared/errors"
import { exceptionsOf } from "../exceptions/announce-exception"
import { oneStepWorkflow } from "../one-step"
import { type PaymentState, settleOrderWorkflow } from "../payments/settle-payment"
import { gatewayOrdersOf } from "./describe-order-payments"

export type CheckOrderPaymentInput = {
  order_id: string
  /** Ours, of one of the order's payments at gateways. */
  reference: string
  /** The admin who wants to know. */
  actor: string
}

export type CheckedOrderPayment = {
  /** False where it was asked a moment ago, by whomever: the last answer has to do. */
  is_asked: boolean
  state: PaymentState
}

/**
 * Asks the gateway now about a payment of an order, and has Medusa book what was paid. Nobody makes a gateway be asked
 * about one payment more than once in two seconds.
 *
 * @throws MedusaError not_found for what is no payment of the order; not_allowed where the gateway can't be asked, or
 * what was paid could not be booked
 */
export const checkOrderPaymentWorkflow = oneStepWorkflow("check-order-payment", check)

async function check(
  container: MedusaContainer,
  { order_id, reference, actor }: CheckOrderPaymentInput
): Promise<CheckedOrderPayment> {
  const order = (await gatewayOrdersOf(container, order_id)).find(
    (one) => one.reference === reference
  )
  if (!order) {
    throw notFound(`Order ${order_id} has no payment ${reference} at a gateway`)
  }
  const title = gatewayContextOf(container, order.provider_id)?.context.gateway.title
  if (title === undefined) {
    throw notAllowed(
      `The provider ${order.provider_id} is not in the shop's config any more: look ${reference} up in the ` +
        `gateway's dashboard`,
      { code: "provider_gone", details: { provider: order.provider_id } }
    )
  }
  if (!(await journalOf(container).mayAsk(reference, questionEveryMs))) {
    return { is_asked: false, state: lastState(order) }
  }
  const { result, errors } = await settleOrderWorkflow(container).run({
    input: { provider_id: order.provider_id, reference },
    throwOnError: false,
  })
  const failure = errors.length > 0 ? failureMessages(errors) : undefined
  await exceptionsOf(container).addLine(order.id, {
    actor,
    action: "asked the gateway",
    note: failure ?? null,
  })
  if (failure !== undefined) {
    throw notAllowed(
      `${title} was asked about ${reference}, and the payment could not be brought up to date: ${failure}. Nothing was ` +
        `changed. Try again in a minute`,
      { code: "check_unanswered", details: { gateway: title, reference } }
    )
  }
  return { is_asked: true, state: result.state ?? lastState(order) }
}
