import type { MedusaContainer } from "@medusajs/framework/types"
import type { GatewayOrder, GatewayOrderState } from "../../modules/payment-journal/gateway-order"
import {
  anotherPaymentReference,
  gatewayReference,
} from "../../modules/payment-journal/order-reference"
import type { GatewayContext } from "../../providers/base/context"
import type { ListedPayment } from "../../providers/base/gateway"
import { tellAdmins } from "../feed/tell-admins"
import { settleOrderWorkflow } from "../payment/settle-order"
import type { CheckOutcome } from "./judge-check"
import type { Tally } from "./tally"

/** Those whose money came. What is noted as charged back is known already. */
const captured: readonly GatewayOrderState[] = ["paid", "refunded"]

export type ListedPayments = {
  payments: readonly ListedPayment[]
  tally: Tally
  turn: () => Promise<void>
}

/**
 * Has the gateway itself asked about those of this shop's paid orders that its list calls charged back. What it
 * says then goes the way of every answer about an order.
 */
export async function confirmChargebacks(
  container: MedusaContainer,
  context: GatewayContext,
  provider_id: string,
  { payments, tally, turn }: ListedPayments
): Promise<void> {
  const numbers = new Map(
    payments
      .filter(({ isChargedBack }) => isChargedBack)
      .map(({ reference, gatewayId }) => [gatewayId, reference])
  )
  const references = [...numbers].flatMap(([gatewayId, reference]) => [
    reference,
    anotherPaymentReference(reference, gatewayId),
  ])
  const orders = await context.journal.findOrders(references)
  for (const order of orders) {
    // Under our reference there can be tries of the shopper's that were never paid: the number tells.
    const isListed =
      order.gateway_id !== null &&
      numbers.get(order.gateway_id) === gatewayReference(order.reference)
    if (isListed && order.provider_id === provider_id && captured.includes(order.state)) {
      await turn()
      tally.add(await confirm(container, context, order))
    }
  }
}

async function confirm(
  container: MedusaContainer,
  context: GatewayContext,
  order: GatewayOrder
): Promise<CheckOutcome> {
  const { gateway, log } = context
  const { provider_id, reference } = order
  const { result, errors } = await settleOrderWorkflow(container).run({
    input: { provider_id, reference },
    throwOnError: false,
  })
  const [failure] = errors
  if (failure) {
    const reason = failure.error?.message ?? "unknown error"
    log.warn(`${gateway.title}: whether ${reference} was charged back is not known yet: ${reason}`)
    return { count: "errors", next: null, error: `${reference}: ${reason}` }
  }
  if (result.state === "chargeback") {
    return { count: "chargebacks", next: null }
  }
  await tellOfDoubt(container, context, order)
  return { count: null, next: null }
}

/** Of a part that was taken back, say: a person has to look, and nothing of the order is changed. */
async function tellOfDoubt(
  container: MedusaContainer,
  { gateway, log }: GatewayContext,
  { reference, amount, currency_code }: GatewayOrder
): Promise<void> {
  const what =
    `${gateway.title}: the list of payments says that the shopper's bank took money of ${reference} ` +
    `(${amount} ${currency_code.toUpperCase()}) back, and the payment itself does not. Look it up in the ` +
    `gateway's dashboard`
  log.warn(what)
  await tellAdmins(container, {
    key: `chargeback-in-doubt:${reference}`,
    title: "A payment may have been charged back",
    description: what,
  })
}
