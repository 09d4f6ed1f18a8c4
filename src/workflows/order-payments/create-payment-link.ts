import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { journalOf } from "../../providers/registry"
import { nextAction } from "../../storefront/next-action"
import { exceptionsOf } from "../exceptions/announce-exception"
import { withPaymentsOfOrder } from "../leases"
import { oneStepWorkflow } from "../one-step"
import { requireLinkChoice } from "./link-choices"
import { openOrderPaymentWorkflow } from "./open-order-payment"

export type CreatePaymentLinkInput = {
  order_id: string
  /** Medusa's id of the provider, such as `pp_paymentz_paymentz`. */
  provider_id: string
  /** Major units; all that is due on the order where there is none. */
  amount?: BigNumberInput
  /** The admin who asks for it: then only what the dashboard offers is made, and by whom stays with it. */
  actor?: string
}

/** `amount` in major units; `reference` is what the gateway knows it by. */
export type PaymentLink = { url: string; session_id: string; reference: string; amount: number }

/**
 * A link by which a customer pays what is still due on an order. When it was paid, the gateway's callback or
 * `confirmPaymentWorkflow` books it on the order. It takes the place of an earlier link: what is paid by that one all
 * the same is listed as a payment exception.
 *
 * @throws MedusaError not_allowed when it is more than is due, an earlier payment is not settled, or the gateway has no
 * such links
 */
export const createPaymentLinkWorkflow = oneStepWorkflow(
  "create-payment-link",
  async (container, input: CreatePaymentLinkInput) =>
    await withPaymentsOfOrder(container, input.order_id, () => createLink(container, input))
)

async function createLink(
  container: MedusaContainer,
  { actor, ...input }: CreatePaymentLinkInput
): Promise<PaymentLink> {
  if (actor !== undefined) {
    await requireLinkChoice(container, input)
  }
  const { result } = await openOrderPaymentWorkflow(container).run({
    input: { ...input, purpose: "link" },
  })
  const { session_id, amount } = result
  const action = nextAction({ data: result.data })
  const [order] = await journalOf(container).ordersOfSession(session_id)
  if (action.type !== "redirect" || !order) {
    throw new Error(`The payment session ${session_id} is no link`)
  }
  if (actor !== undefined) {
    const line = { actor, action: "created a payment link", note: null }
    await exceptionsOf(container).addLine(order.id, line)
  }
  return { url: action.url, session_id, reference: order.reference, amount }
}
